// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Command;
import energy.muster.command.Precondition;
import energy.muster.command.Priority;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what may follow an order, in any sequence, each at most once. */
final class OptionsReader {
  private static final String EXPECTED =
      "at, until, for, by, within, because, deliver within, execute within, urgent, only if, when or no more than";
  private static final String BY = "by or within";
  private static final String DELIVER = "deliver within";
  private static final String EXECUTE = "execute within";
  private static final String CONDITION = "only if or when";
  private static final Set<String> STARTS =
      Set.of(
          "at",
          "until",
          "for",
          "by",
          "within",
          "because",
          "deliver",
          "execute",
          "urgent",
          "emergency",
          "only",
          "when",
          "no");

  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,5}");

  private final Words words;
  private final Map<String, Word> said = new HashMap<>();
  private Optional<Moment> until = Optional.empty();
  private Optional<String> reason = Optional.empty();
  private Optional<Moment> at = Optional.empty();
  private Optional<Moment> by = Optional.empty();
  private Optional<Duration> deliverWithin = Optional.empty();
  private Optional<Duration> executeWithin = Optional.empty();
  private Priority priority = Priority.ROUTINE;
  private Optional<Precondition> when = Optional.empty();
  private OptionalInt atMost = OptionalInt.empty();

  OptionsReader(Words words) {
    this.words = words;
  }

  Options read() {
    while (words.more()) {
      one();
    }
    refuseConflicts();
    Window window = new Window(at, by, deliverWithin, executeWithin);
    return new Options(until, reason, window, priority, when, atMost);
  }

  private void refuseConflicts() {
    for (String single : List.of(DELIVER, EXECUTE)) {
      conflict(BY, single, "'by' and 'within' limit both; leave out '" + single + "'");
      conflict("at", single, "with 'at', say by when it must have begun, as in by 12:10");
    }
    conflict("at", "when", "an order waits for a time or for a state, not for both");
    if (said.containsKey("for")) {
      conflict(
          "when",
          "for",
          "'for' counts from now, and nobody knows when this begins; say until, as in until 18:00");
    }
  }

  private void conflict(String one, String other, String text) {
    if (said.containsKey(one) && said.containsKey(other)) {
      throw Hint.at(said.get(other), text);
    }
  }

  private void one() {
    Word word = words.take(EXPECTED);
    switch (word.quoted() ? "" : word.lower()) {
      case "until" -> {
        once(word, "until");
        until = Optional.of(Measures.moment(words));
      }
      case "at" -> {
        once(word, "at");
        at = Optional.of(Measures.moment(words));
      }
      case "by" -> {
        once(word, BY);
        by = Optional.of(Measures.moment(words));
      }
      case "within" -> {
        once(word, BY);
        by = Optional.of(new Moment.After(limit(word)));
      }
      case "for" -> {
        once(word, "until");
        said.put("for", word);
        until = Optional.of(new Moment.After(Measures.duration(words)));
      }
      case "because" -> {
        once(word, "because");
        reason = Optional.of(because());
      }
      case "deliver" -> {
        once(word, DELIVER);
        deliverWithin = Optional.of(within(word));
      }
      case "execute" -> {
        once(word, EXECUTE);
        executeWithin = Optional.of(within(word));
      }
      case "urgent", "emergency" -> {
        once(word, "urgent");
        priority = Priority.EMERGENCY;
      }
      case "only" -> {
        once(word, CONDITION);
        words.require("if", "if, as in only if it is on");
        words.accept("it");
        when = Optional.of(new StateReader(words).read(false));
      }
      case "no" -> {
        once(word, "no more than");
        atMost = OptionalInt.of(noMoreThan());
      }
      case "when" -> {
        once(word, CONDITION);
        said.put("when", word);
        words.accept("it");
        when = Optional.of(new StateReader(words).read(true));
      }
      default ->
          throw Hint.at(
              word,
              "expected " + EXPECTED + ", not " + word + Spelling.didYouMean(word.text(), STARTS));
    }
  }

  /** A guard for scripts, where nobody reads the list before it is signed. */
  private int noMoreThan() {
    words.require("more", "more than, as in no more than 12 devices");
    words.require("than", "than, as in no more than 12 devices");
    Word number = words.take("a number of devices");
    if (number.quoted() || !COUNT.matcher(number.text()).matches()) {
      throw Hint.at(number, "expected a number of devices such as 12, not " + number);
    }
    if (!words.accept("devices")) {
      words.accept("device");
    }
    return Integer.parseInt(number.text());
  }

  private void once(Word word, String option) {
    if (said.putIfAbsent(option, word) != null) {
      throw Hint.at(word, "'" + option + "' is said twice");
    }
  }

  private Duration within(Word word) {
    words.require("within", "within, as in " + word.lower() + " within 10 min");
    return limit(word);
  }

  private Duration limit(Word word) {
    Word number = words.peek().orElse(word);
    Duration duration = Measures.duration(words);
    if (duration.compareTo(Command.LONGEST) > 0) {
      throw Hint.at(number, "at most " + Command.LONGEST.toDays() + " days");
    }
    return duration;
  }

  /** In quotation marks, or up to the end of the line if nothing in it could be an option. */
  String because() {
    Word first = words.take("a reason");
    String text;
    if (first.quoted()) {
      text = first.text();
    } else {
      words.reset(words.mark() - 1);
      int mark = words.mark();
      refuseOptions();
      words.reset(mark);
      text = words.rest();
    }
    if (text.isBlank() || text.length() > Command.MAX_REASON) {
      throw Hint.at(first, "a reason has 1 to " + Command.MAX_REASON + " characters");
    }
    return text;
  }

  /** An option that ended up in the reason would not be signed: rather ask. */
  private void refuseOptions() {
    while (words.more()) {
      int mark = words.mark();
      Word word = words.take("a reason");
      words.reset(mark);
      if (!word.quoted() && STARTS.contains(word.lower()) && !word.is("because") && reads()) {
        throw Hint.at(
            word, "is " + word + " part of the reason? Put the reason in \"quotation marks\"");
      }
      words.reset(mark + 1);
    }
  }

  private boolean reads() {
    try {
      new OptionsReader(words).one();
      return true;
    } catch (Hint e) {
      return false;
    }
  }
}
