// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import energy.muster.command.Verb;
import java.util.Locale;
import java.util.Optional;

/**
 * What an order moves: on each point only the newest order counts, and one is carried out at a
 * time.
 */
public enum Point {
  /** The process itself: switched, limited, set. */
  OUTPUT,
  /** Whether people may use the device. */
  USE,
  /** The settings it runs by. */
  SETTINGS,
  /** What it knows of prices, where versions say what is newer. */
  PRICES,
  /** Whether it goes by its own rules. */
  RULES,
  /** What it runs. */
  FIRMWARE;

  /** Empty for orders that move nothing. */
  public static Optional<Point> of(Verb verb) {
    return switch (verb) {
      case SELECT, SHED, RESTORE, START, STOP, OPEN, CLOSE, LIMIT, SET_POINT, RESET ->
          Optional.of(OUTPUT);
      case UPGRADE -> Optional.of(FIRMWARE);
      case SET_TARIFF -> Optional.of(PRICES);
      case OVERRULE -> Optional.of(RULES);
      case CONFIGURE -> Optional.of(SETTINGS);
      case RESTRICT, RELEASE -> Optional.of(USE);
      case READ, SYNC_TIME, CANCEL -> Optional.empty();
    };
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
