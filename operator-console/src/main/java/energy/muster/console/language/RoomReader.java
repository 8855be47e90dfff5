// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.identity.Area;
import energy.muster.refusal.Refused;
import java.util.List;

/** Reads what one does in the rooms of areas. */
final class RoomReader {
  private final Words words;

  RoomReader(Words words) {
    this.words = words;
  }

  Line join() {
    return new Line.Join(room());
  }

  Line leave() {
    return new Line.Leave(room());
  }

  Line say() {
    String room = room();
    if (!words.more()) {
      throw new Hint(words.end(), "expected what to say there, as in say branch-60 good morning");
    }
    return new Line.Say(room, words.rest());
  }

  /** {@code branch-60}, {@code branch 60} or {@code group critical-loads}. */
  private String room() {
    if (words.followsAny(List.of("branch", "feeder"))) {
      String kind = words.take("branch or feeder").lower();
      Word number = words.take("its number, as in branch 60");
      return name(number, kind + "-" + number.lower());
    }
    words.accept("group");
    Word word = words.take("an area, such as branch-60; rooms lists them");
    return name(word, word.lower());
  }

  private static String name(Word word, String name) {
    try {
      Area area = new Area(name);
      if (area.isNamed()) {
        return area.name();
      }
    } catch (Refused noArea) {
      // Neither has a room.
    }
    throw Hint.at(word, "expected an area, such as branch-60, not " + word);
  }
}
