// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.command.Verb;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something about a device that stays as it is until somebody or something changes it. Quantities
 * that are measured are none, nor is a restriction that the process makes and lifts by itself.
 */
enum Aspect {
  OPERATING,
  POSITION,
  LIMIT,
  RESTRICTION,
  SETTINGS,
  FAULTS;

  static final String UNLIMITED = "no limit";

  private static final Set<RestrictionReason> MADE_BY_PEOPLE =
      EnumSet.of(
          RestrictionReason.MAINTENANCE,
          RestrictionReason.INSTRUCTED,
          RestrictionReason.LOCAL_CONTROL);

  /** How a device stands at that time, aspect by aspect, in a person's words. */
  static Map<Aspect, String> of(DevicePresence word, Instant at) {
    Map<Aspect, String> all = new EnumMap<>(Aspect.class);
    all.put(OPERATING, word.operating().wire());
    all.put(POSITION, word.position().map(Position::wire).orElse(""));
    all.put(
        LIMIT,
        word.quantity(Quantity.LIMIT)
            .map(kw -> "limit " + kw.stripTrailingZeros().toPlainString() + " kW")
            .orElse(UNLIMITED));
    all.put(RESTRICTION, restriction(word, at).orElse("not restricted"));
    all.put(
        SETTINGS,
        word.settings().isPresent()
            ? "settings revision " + word.settings().getAsLong()
            : "settings as installed");
    all.put(FAULTS, word.faults().isEmpty() ? "no fault" : String.join(" ", word.faults()));
    return all;
  }

  private static Optional<String> restriction(DevicePresence word, Instant at) {
    return word.restriction()
        .filter(one -> MADE_BY_PEOPLE.contains(one.reason()))
        .filter(one -> one.until().filter(until -> !at.isBefore(until)).isEmpty())
        .map(Restriction::reason)
        .map(reason -> "restricted, " + reason.wire());
  }

  /** What an order with this verb changes. */
  static Set<Aspect> changedBy(Verb verb) {
    return switch (verb) {
      case SHED, START, STOP -> EnumSet.of(OPERATING);
      case RESTORE -> EnumSet.of(OPERATING, LIMIT);
      case LIMIT -> EnumSet.of(LIMIT);
      case OPEN, CLOSE -> EnumSet.of(POSITION);
      case RESTRICT, RELEASE -> EnumSet.of(RESTRICTION);
      case RESET -> EnumSet.of(FAULTS);
      case CONFIGURE, UPGRADE, SET_TARIFF -> EnumSet.of(SETTINGS);
      case SELECT, SET_POINT, READ, SYNC_TIME, CANCEL, OVERRULE -> EnumSet.noneOf(Aspect.class);
    };
  }

  /** Whether an order with this verb makes a device stand so. */
  boolean madeBy(Verb verb, String words) {
    return changedBy(verb).contains(this)
        && switch (verb) {
          case SHED, STOP -> is(words, Operating.OFF) || is(words, Operating.STOPPING);
          case START -> is(words, Operating.ON) || is(words, Operating.STARTING);
          case RESTORE -> is(words, Operating.ON) || words.equals(UNLIMITED);
          case OPEN -> words.equals(Position.OPEN.wire());
          case CLOSE -> words.equals(Position.CLOSED.wire());
          default -> true;
        };
  }

  private static boolean is(String words, Operating state) {
    return words.equals(state.wire());
  }
}
