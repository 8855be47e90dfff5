// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Power;
import energy.muster.command.Rights;
import energy.muster.command.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what a master IED is to be let do by itself. */
final class MandateReader {
  private static final String EXPECTED = "up to 200 kW, keeping 600 kW, until 18:00 or for 2 h";

  private final Words words;
  private final SelectionReader selections;
  private Optional<Power> most = Optional.empty();
  private Optional<Power> floor = Optional.empty();
  private Optional<Moment> until = Optional.empty();

  MandateReader(Words words) {
    this.words = words;
    this.selections = new SelectionReader(words);
  }

  Line read() {
    Name master =
        selections.name("a master IED, as in mandate branch-60 to shed and restore up to 200 kW");
    words.require("to", "to and what it may order, as in to shed and restore");
    if (words.accept("nothing")) {
      return new Line.Mandate(master, Optional.empty());
    }
    List<Verb> verbs = verbs();
    while (words.more()) {
      term();
    }
    int end = words.end();
    return new Line.Mandate(
        master,
        Optional.of(
            new Line.Allowance(
                verbs,
                most.orElseThrow(
                    () -> new Hint(end, "say how much it may move, as in up to 200 kW")),
                floor.orElse(Power.ZERO),
                until.orElseThrow(
                    () -> new Hint(end, "a mandate always ends: say until 18:00 or for 2 h")))));
  }

  private List<Verb> verbs() {
    List<Verb> verbs = new ArrayList<>(next());
    while (words.accept(",") || words.accept("and")) {
      verbs.addAll(next());
    }
    return verbs;
  }

  /** To transfer a part of a branch to another feeder is to close a switch, and to open one. */
  private List<Verb> next() {
    return words.accept("transfer") ? List.of(Verb.CLOSE, Verb.OPEN) : List.of(verb());
  }

  private Verb verb() {
    String all =
        Rights.MANDATED.stream().map(Verb::wire).collect(Collectors.joining(", ")) + ", transfer";
    Word word = words.take(all);
    return Verb.ofWire(word.lower())
        .filter(Rights.MANDATED::contains)
        .orElseThrow(() -> Hint.at(word, "a mandate is for " + all + ", not " + word));
  }

  private void term() {
    Word word = words.take(EXPECTED);
    switch (word.quoted() ? "" : word.lower()) {
      case "up" -> {
        words.require("to", "up to and a power");
        most = once(word, most, Measures.power(words));
      }
      case "keeping" -> floor = once(word, floor, Measures.power(words));
      case "until" -> until = once(word, until, Measures.moment(words));
      case "for" -> until = once(word, until, new Moment.After(Measures.duration(words)));
      default -> throw Hint.at(word, "expected " + EXPECTED + ", not " + word);
    }
  }

  private static <T> Optional<T> once(Word at, Optional<T> before, T now) {
    if (before.isPresent()) {
      throw Hint.at(at, "this is said twice");
    }
    return Optional.of(now);
  }
}
