// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What falls due when. Nothing is ever taken off: what is due looks whether it still matters. Only
 * for use at the desk.
 */
public final class Timetable {
  private record Due(Instant at, long number, Runnable task) {}

  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
  private long number;

  public void at(Instant when, Runnable task) {
    dues.add(new Due(when, number++, task));
  }

  /** Runs what is due by now, the earliest first, and what becomes due by doing so. */
  public void advanceTo(Instant now) {
    while (!dues.isEmpty() && !dues.peek().at().isAfter(now)) {
      dues.remove().task().run();
    }
  }

  public Optional<Instant> next() {
    return Optional.ofNullable(dues.peek()).map(Due::at);
  }
}
