// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.service.journal.PendingChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** As many changes as one change set holds, from the first on. */
record Batch(List<PendingChange> changes, List<String> flags) {
  static final int MOST_RECORDS = 1_000;

  /** A stanza of more than 1 MiB ends the stream. */
  static final int MOST_CHARACTERS = 256 * 1024;

  private static final int MOST_FLAGS = 16;

  static Batch of(List<PendingChange> pending) {
    List<PendingChange> taken = new ArrayList<>();
    NavigableSet<String> flags = new TreeSet<>();
    long characters = 0;
    for (PendingChange each : pending) {
      NavigableSet<String> more = new TreeSet<>(flags);
      more.addAll(each.flags());
      characters += Json.text(each.record()).length();
      boolean fits =
          taken.size() < MOST_RECORDS && more.size() <= MOST_FLAGS && characters <= MOST_CHARACTERS;
      // One alone goes whatever its size.
      if (!taken.isEmpty() && !fits) {
        break;
      }
      taken.add(each);
      flags = more;
    }
    return new Batch(List.copyOf(taken), List.copyOf(flags));
  }

  int size() {
    return changes.size();
  }

  long upTo() {
    return changes.get(changes.size() - 1).number();
  }

  List<ObjectNode> records() {
    return changes.stream().map(PendingChange::record).toList();
  }

  /** When the very first period began: with the first change. */
  Instant begins(Instant now) {
    Instant first = changes.get(0).at().truncatedTo(ChronoUnit.MICROS);
    return first.isBefore(now) ? first : now.minus(1, ChronoUnit.MICROS);
  }
}
