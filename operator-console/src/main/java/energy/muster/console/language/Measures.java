// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Power;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units, and times. The unit may stand apart or touch its number. */
final class Measures {
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)(\\S*)");
  private static final Pattern CLOCK = Pattern.compile("([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?");
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private static final Map<String, Duration> SPANS =
      Map.ofEntries(
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("sec", Duration.ofSeconds(1)),
          Map.entry("second", Duration.ofSeconds(1)),
          Map.entry("seconds", Duration.ofSeconds(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("minute", Duration.ofMinutes(1)),
          Map.entry("minutes", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("hour", Duration.ofHours(1)),
          Map.entry("hours", Duration.ofHours(1)),
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("day", Duration.ofDays(1)),
          Map.entry("days", Duration.ofDays(1)));

  /** A number and the unit typed with it, in lower case. */
  record Measure(BigDecimal number, String unit, Word at) {}

  private Measures() {}

  /**
   * Takes a number and its unit.
   *
   * @param expected for the hint, such as "a power such as 20 kW"
   */
  static Measure measure(Words words, String expected) {
    Word word = words.take(expected);
    Matcher matcher = NUMBER.matcher(word.text());
    if (word.quoted() || !matcher.matches()) {
      throw Hint.at(word, "expected " + expected + ", not " + word);
    }
    String unit = matcher.group(2);
    if (unit.isEmpty()) {
      unit = words.take("the unit, as in " + expected).text();
    }
    return new Measure(new BigDecimal(matcher.group(1)), unit.toLowerCase(Locale.ROOT), word);
  }

  static Duration duration(Words words) {
    Measure measure = measure(words, "a time such as 30 min, 10 s or 2 h");
    Duration unit = SPANS.get(measure.unit());
    if (unit == null) {
      throw Hint.at(
          measure.at(),
          "'"
              + measure.unit()
              + "' is no unit of time: s, min, h or d"
              + Spelling.didYouMean(measure.unit(), SPANS.keySet()));
    }
    BigDecimal millis = measure.number().multiply(BigDecimal.valueOf(unit.toMillis()));
    if (millis.compareTo(BigDecimal.valueOf(LONGEST.toMillis())) > 0 || millis.signum() == 0) {
      throw Hint.at(measure.at(), "a time is more than nothing and at most 366 days");
    }
    return Duration.ofMillis(millis.longValue());
  }

  static Power power(Words words) {
    Measure measure = measure(words, "a power such as 20 kW");
    BigDecimal kilowatts =
        switch (measure.unit()) {
          case "kw" -> measure.number();
          case "mw" -> measure.number().multiply(THOUSAND);
          case "w" -> measure.number().divide(THOUSAND);
          default ->
              throw Hint.at(
                  measure.at(), "'" + measure.unit() + "' is no unit of power: W, kW or MW");
        };
    try {
      return Power.kilowatts(kilowatts);
    } catch (IllegalArgumentException e) {
      throw Hint.at(measure.at(), e.getMessage());
    }
  }

  /** {@code 18:00}, the next such local time, or a whole date and time with its zone. */
  static Moment moment(Words words) {
    Word word = words.take("a time such as 18:00 or 2026-11-21T18:00Z");
    Matcher clock = CLOCK.matcher(word.text());
    try {
      if (clock.matches()) {
        String seconds = clock.group(3);
        return new Moment.NextTime(
            LocalTime.of(
                Integer.parseInt(clock.group(1)),
                Integer.parseInt(clock.group(2)),
                seconds == null ? 0 : Integer.parseInt(seconds)));
      }
      Instant instant = OffsetDateTime.parse(word.text().toUpperCase(Locale.ROOT)).toInstant();
      return new Moment.Exactly(instant);
    } catch (DateTimeException e) {
      throw Hint.at(word, "expected a time such as 18:00 or 2026-11-21T18:00Z, not " + word);
    }
  }
}
