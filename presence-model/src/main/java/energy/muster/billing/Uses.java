// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects the intervals of a line; neighbours become one. */
final class Uses {
  private final List<Use> done = new ArrayList<>();
  private long from;
  private long until = Long.MIN_VALUE;
  private int lastInterval = -1;
  private int intervals;
  private long wh;
  private long total;

  void add(long begin, long end, int interval, long energy) {
    if (begin != until) {
      close();
      from = begin;
      lastInterval = -1;
    }
    if (interval != lastInterval) {
      intervals++;
      lastInterval = interval;
    }
    until = end;
    wh += energy;
    total += energy;
  }

  private void close() {
    if (intervals > 0) {
      done.add(new Use(Instant.ofEpochSecond(from), Instant.ofEpochSecond(until), intervals, wh));
    }
    intervals = 0;
    wh = 0;
  }

  long wh() {
    return total;
  }

  /** All of them; nothing can be added any more. */
  List<Use> list() {
    close();
    return List.copyOf(done);
  }
}
