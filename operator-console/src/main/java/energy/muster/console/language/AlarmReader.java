// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmAct.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what is asked and done about alarms, and about who answers them. */
final class AlarmReader {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,14}");
  private static final String EXAMPLE = "an alarm's number, as alarms shows it";

  private final Words words;

  AlarmReader(Words words) {
    this.words = words;
  }

  Line alarms() {
    if (!words.more()) {
      return new Line.Alarms(Line.AlarmFilter.OPEN);
    }
    Word word = words.take("open, mine, unacknowledged, shelved, all or report");
    if (word.is("report")) {
      return report();
    }
    for (Line.AlarmFilter filter : Line.AlarmFilter.values()) {
      if (word.is(filter.name().toLowerCase(Locale.ROOT))) {
        return new Line.Alarms(filter);
      }
    }
    throw Hint.at(word, "expected open, mine, unacknowledged, shelved, all or report, not " + word);
  }

  private Line report() {
    Optional<Since> since = words.accept("since") ? Optional.of(since(words)) : Optional.empty();
    boolean csv = words.accept("--csv") || words.accept("as", "csv");
    words.end("since 24 h, as csv or the end of the line");
    return new Line.AlarmReport(since, csv);
  }

  /** A date, or a time that is over. */
  static Since since(Words words) {
    int mark = words.mark();
    Word word = words.take("a date such as 2026-11-01, or 24 h");
    try {
      return new Since.Day(LocalDate.parse(word.text()));
    } catch (DateTimeException e) {
      words.reset(mark);
      Since ago = new Since.Ago(Measures.duration(words));
      words.accept("ago");
      return ago;
    }
  }

  Line alarm() {
    return new Line.AlarmDetail(number());
  }

  Line plain(Kind kind) {
    List<Long> numbers = numbers();
    String reason = words.accept("because") ? new OptionsReader(words).because() : "";
    words.end("because and a reason, or the end of the line");
    return acted(kind, numbers, reason);
  }

  Line because(Kind kind) {
    List<Long> numbers = numbers();
    words.require("because", "because and why, as in because \"the sensor is broken\"");
    return acted(kind, numbers, new OptionsReader(words).because());
  }

  /** {@code out of service 42 because …}, after its first word. */
  Line outOfService() {
    words.require("of", "of service, as in out of service 42");
    words.require("service", "service, as in out of service 42");
    return because(Kind.OUT_OF_SERVICE);
  }

  /** {@code in service 42}, after its first word. */
  Line inService() {
    words.require("service", "service, as in in service 42");
    return plain(Kind.IN_SERVICE);
  }

  Line comment() {
    List<Long> numbers = numbers();
    if (!words.more()) {
      throw new Hint(words.end(), "expected what there is to say here");
    }
    Word first = words.peek().orElseThrow();
    String text = words.rest();
    if (first.quoted() && text.length() == first.text().length() + 2) {
      text = first.text();
    }
    if (text.isBlank()) {
      throw Hint.at(first, "expected what there is to say here");
    }
    return acted(Kind.COMMENT, numbers, text);
  }

  private static Line acted(Kind kind, List<Long> numbers, String reason) {
    return new Line.OnAlarms(kind, numbers, Optional.empty(), false, reason);
  }

  Line shelve() {
    List<Long> numbers = numbers();
    String expected =
        "for 1 h or until 18:00: an alarm is shelved for at most "
            + AlarmAct.LONGEST_SHELVING.toHours()
            + " h";
    Moment until;
    if (words.accept("for")) {
      until = new Moment.After(Measures.duration(words));
    } else {
      words.require("until", expected);
      until = Measures.moment(words);
    }
    boolean oneShot = words.accept("or", "until", "it", "returns");
    words.require("because", "because and why, as in because \"the sensor is being changed\"");
    return new Line.OnAlarms(
        Kind.SHELVE, numbers, Optional.of(until), oneShot, new OptionsReader(words).because());
  }

  /** {@code 42}, {@code 42, 43 and 44}. */
  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>(List.of(number()));
    while (words.accept(",") || words.accept("and")) {
      Word next = words.peek().orElse(null);
      long number = number();
      if (numbers.contains(number)) {
        throw Hint.at(next, number + " is said twice");
      }
      numbers.add(number);
    }
    return numbers;
  }

  private long number() {
    words.accept("alarm");
    Word word = words.take(EXAMPLE);
    if (word.quoted() || !NUMBER.matcher(word.text()).matches()) {
      throw Hint.at(word, "expected " + EXAMPLE + ", not " + word);
    }
    return Long.parseLong(word.text());
  }

  /** {@code duty}, {@code duty plant-3 at 02:00}. */
  Line duty() {
    Optional<String> team = Optional.empty();
    if (words.more() && !words.follows("at")) {
      team = Optional.of(words.take("a team, such as plant-3").lower());
    }
    Optional<Moment> at =
        words.accept("at") ? Optional.of(Measures.moment(words)) : Optional.empty();
    words.end("at 02:00 or the end of the line");
    return new Line.OnDuty(team, at);
  }

  Line publish() {
    Word what = words.take("tariff, prices, firmware, releases, duty or policy, and a file");
    Line.Plan plan;
    if (what.is("duty")) {
      plan = Line.Plan.DUTY;
    } else if (what.is("policy")) {
      plan = Line.Plan.POLICY;
    } else {
      throw Hint.at(
          what, "expected tariff, prices, firmware, releases, duty or policy, not " + what);
    }
    Word file = words.take("a file");
    if (file.text().isBlank()) {
      throw Hint.at(file, "expected a file");
    }
    return new Line.Publish(plan, file.text(), file.start());
  }
}
