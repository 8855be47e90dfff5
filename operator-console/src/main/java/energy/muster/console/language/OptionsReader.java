// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Command;
import energy.muster.command.Precondition;
import energy.muster.command.Priority;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads what may follow an order, in any sequence, each at most once. */
final class OptionsReader {
  private static final String EXPECTED =
      "until, for, because, deliver within, execute within, urgent or only if";
  private static final Set<String> STARTS =
      Set.of("until", "for", "because", "deliver", "execute", "urgent", "only");

  private final Words words;
  private final Set<String> said = new HashSet<>();
  private Optional<Moment> until = Optional.empty();
  private Optional<String> reason = Optional.empty();
  private Optional<Duration> deliverWithin = Optional.empty();
  private Optional<Duration> executeWithin = Optional.empty();
  private Priority priority = Priority.ROUTINE;
  private Optional<Precondition> onlyIf = Optional.empty();

  OptionsReader(Words words) {
    this.words = words;
  }

  Options read() {
    while (words.more()) {
      one();
    }
    return new Options(until, reason, deliverWithin, executeWithin, priority, onlyIf);
  }

  private void one() {
    Word word = words.take(EXPECTED);
    switch (word.quoted() ? "" : word.lower()) {
      case "until" -> {
        once(word, "until");
        until = Optional.of(Measures.moment(words));
      }
      case "for" -> {
        once(word, "until");
        until = Optional.of(new Moment.After(Measures.duration(words)));
      }
      case "because" -> {
        once(word, "because");
        reason = Optional.of(because());
      }
      case "deliver" -> {
        once(word, "deliver within");
        deliverWithin = Optional.of(within(word));
      }
      case "execute" -> {
        once(word, "execute within");
        executeWithin = Optional.of(within(word));
      }
      case "urgent" -> {
        once(word, "urgent");
        priority = Priority.EMERGENCY;
      }
      case "only" -> {
        once(word, "only if");
        onlyIf = Optional.of(precondition());
      }
      default ->
          throw Hint.at(
              word,
              "expected " + EXPECTED + ", not " + word + Spelling.didYouMean(word.text(), STARTS));
    }
  }

  private void once(Word word, String option) {
    if (!said.add(option)) {
      throw Hint.at(word, "'" + option + "' is said twice");
    }
  }

  private Duration within(Word word) {
    words.require("within", "within, as in " + word.lower() + " within 10 min");
    Word number = words.peek().orElse(word);
    Duration duration = Measures.duration(words);
    if (duration.compareTo(Command.LONGEST) > 0) {
      throw Hint.at(number, "at most " + Command.LONGEST.toDays() + " days");
    }
    return duration;
  }

  /** In quotation marks, or up to the end of the line if nothing in it could be an option. */
  private String because() {
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

  private Precondition precondition() {
    words.require("if", "if, as in only if it is on");
    words.accept("it");
    words.accept("is");
    Word word = words.take("on, off, open or closed");
    return switch (word.quoted() ? "" : word.lower()) {
      case "on" -> operating(Operating.ON);
      case "off" -> operating(Operating.OFF);
      case "open" -> position(Position.OPEN);
      case "closed" -> position(Position.CLOSED);
      default -> throw Hint.at(word, "expected on, off, open or closed, not " + word);
    };
  }

  private static Precondition operating(Operating operating) {
    return new Precondition(OptionalLong.empty(), Optional.of(operating), Optional.empty());
  }

  private static Precondition position(Position position) {
    return new Precondition(OptionalLong.empty(), Optional.empty(), Optional.of(position));
  }
}
