// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.Reading;
import energy.muster.alarm.Trigger;
import energy.muster.alarm.Trigger.Side;
import java.math.BigDecimal;

/** What a device says to people of an alarm. */
public final class AlarmWords {
  private AlarmWords() {}

  public static String of(Turn turn) {
    return switch (turn.event()) {
      case ONSET -> begun(turn);
      case RETURN ->
          turn.reading().map(AlarmWords::over).orElseGet(() -> "over: " + happening(turn));
    };
  }

  private static String begun(Turn turn) {
    return turn.reading().map(reading -> begun(turn, reading)).orElseGet(() -> happening(turn));
  }

  private static String begun(Turn turn, Reading reading) {
    if (turn.rule().trigger() instanceof Trigger.Rate rate) {
      return "%s %s by %s, the limit is %s"
          .formatted(
              reading.quantity().wire(),
              rate.side() == Side.ABOVE ? "rises" : "falls",
              plain(reading, reading.value().abs()),
              plain(reading, rate.perMinute()));
    }
    Trigger.Level level = (Trigger.Level) turn.rule().trigger();
    return "%s %s is at or %s %s"
        .formatted(
            reading.quantity().wire(),
            plain(reading, reading.value()),
            level.side() == Side.ABOVE ? "above" : "below",
            plain(reading, reading.limit()));
  }

  private static String over(Reading reading) {
    return "%s %s, at worst %s"
        .formatted(
            reading.quantity().wire(),
            plain(reading, reading.value()),
            plain(reading, reading.worst()));
  }

  private static String happening(Turn turn) {
    return ((Trigger.Noticed) turn.rule().trigger()).event().spoken();
  }

  private static String plain(Reading reading, BigDecimal number) {
    BigDecimal brief = number.stripTrailingZeros();
    return (brief.scale() < 0 ? brief.setScale(0) : brief).toPlainString()
        + " "
        + reading.spokenUnit();
  }
}
