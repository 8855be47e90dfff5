// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;

/** Reads what is asked of meters, what they cost, and what is corrected of them. */
final class MeterReader {
  private static final String PERIOD = "a month such as 2026-11, or a day such as 2026-11-03";

  private final Words words;
  private final SelectionReader selections;

  MeterReader(Words words, SelectionReader selections) {
    this.words = words;
    this.selections = selections;
  }

  private Name device() {
    return selections.name("a meter");
  }

  Line meter() {
    return new Line.Meter(device());
  }

  Line readings() {
    Name meter = device();
    Line.Period period = period();
    return new Line.MeterReadings(meter, period, file());
  }

  Line bill() {
    Name meter = device();
    Line.Period period = period();
    Optional<Line.Target> tariff =
        words.accept("under") ? Optional.of(target("a tariff or its file")) : Optional.empty();
    return new Line.BillFor(meter, period, tariff, file());
  }

  /** {@code correct meter-1 at 2026-11-03 10:15 to 250 Wh because …}. */
  Line correct() {
    Name meter = device();
    words.require("at", "at and when the interval begins, as in at 2026-11-03 10:15");
    LocalDateTime start = start();
    words.require("to", "to and what went through, as in to 0.25 kWh");
    Word amount = words.peek().orElseThrow(() -> new Hint(words.end(), "expected 0.25 kWh here"));
    long wattHours = wattHours(amount);
    words.require("because", "because and why, as in because \"read at the substation\"");
    return new Line.Correct(meter, start, wattHours, new OptionsReader(words).because());
  }

  Line settle() {
    words.accept("order");
    Name order = selections.name("an order's id, as orders shows it");
    return new Line.Settle(order, file());
  }

  private LocalDateTime start() {
    Word day = words.take("a day such as 2026-11-03");
    Word time = words.take("a time such as 10:15");
    try {
      return LocalDate.parse(day.text()).atTime(LocalTime.parse(time.text()));
    } catch (DateTimeException e) {
      throw Hint.at(day, "expected a day and a time such as 2026-11-03 10:15");
    }
  }

  private long wattHours(Word first) {
    String typed = words.take("0.25 kWh").text();
    String unit = "";
    int digits = 0;
    while (digits < typed.length() && "0123456789.".indexOf(typed.charAt(digits)) >= 0) {
      digits++;
    }
    if (digits < typed.length()) {
      unit = typed.substring(digits);
    } else if (words.more()) {
      unit = words.take("kWh or Wh").text();
    }
    int shift = unit.toLowerCase(Locale.ROOT).equals("kwh") ? 3 : 0;
    if (shift == 0 && !unit.toLowerCase(Locale.ROOT).equals("wh")) {
      throw Hint.at(first, "expected an energy such as 0.25 kWh or 250 Wh");
    }
    try {
      return new BigDecimal(typed.substring(0, digits)).movePointRight(shift).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw Hint.at(first, "expected whole watt-hours, such as 0.25 kWh");
    }
  }

  private Line.Period period() {
    words.require("for", "for and " + PERIOD);
    Word word = words.take(PERIOD);
    try {
      YearMonth month = YearMonth.parse(word.text());
      return new Line.Period(month.atDay(1), month.plusMonths(1).atDay(1));
    } catch (DateTimeException noMonth) {
      return new Line.Period(day(word), day(word).plusDays(1));
    }
  }

  private static LocalDate day(Word word) {
    try {
      return LocalDate.parse(word.text());
    } catch (DateTimeException e) {
      throw Hint.at(word, "expected " + PERIOD + ", not " + word);
    }
  }

  private Optional<Line.Target> file() {
    return words.accept("to") ? Optional.of(target("a file")) : Optional.empty();
  }

  private Line.Target target(String expected) {
    Word word = words.take(expected);
    if (word.text().isBlank()) {
      throw Hint.at(word, "expected " + expected);
    }
    return new Line.Target(word.text(), word.start());
  }
}
