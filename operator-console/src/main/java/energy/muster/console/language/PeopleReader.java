// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.presence.Duty;
import java.util.Optional;

/** Reads what people say of themselves and to each other. */
final class PeopleReader {
  private static final String AFTER = "until 15:00, for 2 h, because lunch";

  private final Words words;

  PeopleReader(Words words) {
    this.words = words;
  }

  Line duty(Duty duty) {
    boolean named = duty == Duty.ON_DUTY || duty == Duty.OFF_DUTY;
    if (named) {
      words.require("duty", "duty");
    }
    Optional<Moment> until = Optional.empty();
    if (words.accept("for")) {
      until = Optional.of(new Moment.After(Measures.duration(words)));
    } else if (words.accept("until")) {
      until = Optional.of(Measures.moment(words));
    }
    Optional<String> because =
        words.accept("because")
            ? Optional.of(new OptionsReader(words).because())
            : Optional.empty();
    Optional<Name> heir = Optional.empty();
    if (duty == Duty.OFF_DUTY && words.more()) {
      words.accept(",");
      words.require("hand", "hand over to somebody, " + AFTER);
      words.require("over", "over to somebody");
      words.require("to", "to and a colleague's name");
      heir = Optional.of(name());
    }
    words.end(named ? AFTER : AFTER + " or the end of the line");
    return new Line.AtWork(duty, until, because, heir);
  }

  Line tell() {
    Name person = name();
    if (!words.more()) {
      throw new Hint(words.end(), "expected what to tell them here");
    }
    return new Line.Tell(person, words.rest());
  }

  Line accept() {
    return new Line.Accept(whom());
  }

  Line decline() {
    return new Line.Decline(whom());
  }

  private Optional<Name> whom() {
    return words.more() ? Optional.of(name()) : Optional.empty();
  }

  private Name name() {
    return new SelectionReader(words).name("a colleague's name, such as op-2");
  }
}
