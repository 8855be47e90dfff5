// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Precondition;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the states an order may depend on, which the device judges: on and available. */
final class StateReader {
  private static final String EXPECTED = "on, off, open, closed or available";

  private final Words words;
  private Optional<Operating> operating = Optional.empty();
  private Optional<Position> position = Optional.empty();
  private boolean available;

  StateReader(Words words) {
    this.words = words;
  }

  /**
   * Reads {@code on}, or several joined by {@code and}.
   *
   * @param awaited whether the order waits for it
   */
  Precondition read(boolean awaited) {
    do {
      if (!words.accept("is")) {
        words.accept("are");
      }
      one();
    } while (words.accept("and"));
    return new Precondition(OptionalLong.empty(), operating, position, available, awaited);
  }

  private void one() {
    Word word = words.take(EXPECTED);
    switch (word.quoted() ? "" : word.lower()) {
      case "on" -> operating(word, Operating.ON);
      case "off" -> operating(word, Operating.OFF);
      case "open" -> position(word, Position.OPEN);
      case "closed" -> position(word, Position.CLOSED);
      case "available" -> available = true;
      default -> throw Hint.at(word, "expected " + EXPECTED + ", not " + word);
    }
  }

  private void operating(Word word, Operating next) {
    require(word, operating.isEmpty() || operating.get() == next, "on and off");
    operating = Optional.of(next);
  }

  private void position(Word word, Position next) {
    require(word, position.isEmpty() || position.get() == next, "open and closed");
    position = Optional.of(next);
  }

  private static void require(Word word, boolean holds, String both) {
    if (!holds) {
      throw Hint.at(word, "nothing is " + both + " at once");
    }
  }
}
