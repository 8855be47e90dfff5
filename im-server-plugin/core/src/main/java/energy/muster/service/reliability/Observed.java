// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reliability;

import energy.muster.service.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The times at which the service was there to see: while it was not, nothing counts for or against
 * a device.
 *
 * @param from nothing before counts
 * @param to nor after
 */
record Observed(List<Entry.Ran> runs, Instant from, Instant to) {
  Observed {
    runs = List.copyOf(runs);
  }

  Duration between(Instant begin, Instant end) {
    return runs.stream()
        .map(run -> overlap(later(begin, run.started()), earlier(end, run.alive())))
        .reduce(Duration.ZERO, Duration::plus);
  }

  Duration whole() {
    return between(from, to);
  }

  private Duration overlap(Instant begin, Instant end) {
    Instant first = later(begin, from);
    Instant last = earlier(end, to);
    return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
