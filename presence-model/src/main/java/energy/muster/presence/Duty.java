// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.util.Arrays;
import java.util.Optional;

/** Whether a person answers for the plant just now. */
public enum Duty {
  ON_DUTY("on-duty", "on duty"),
  AWAY("away", "away"),
  DND("dnd", "do not disturb"),
  OFF_DUTY("off-duty", "off duty");

  private final String wire;
  private final String words;

  Duty(String wire, String words) {
    this.wire = wire;
    this.words = words;
  }

  public String wire() {
    return wire;
  }

  public String words() {
    return words;
  }

  public static Optional<Duty> ofWire(String wire) {
    return Arrays.stream(values()).filter(duty -> duty.wire.equals(wire)).findFirst();
  }

  /** How any chat client shows it (RFC 6121 4.7.2.1). */
  public Show show() {
    return switch (this) {
      case ON_DUTY -> Show.AVAILABLE;
      case AWAY, OFF_DUTY -> Show.AWAY;
      case DND -> Show.DND;
    };
  }

  /** What a person says with the presence of any chat client. */
  static Duty of(Show show) {
    return switch (show) {
      case AVAILABLE -> ON_DUTY;
      case AWAY -> AWAY;
      case DND -> DND;
    };
  }
}
