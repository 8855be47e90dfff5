// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What falls due when. Nothing is ever taken off: what is due looks whether it still matters. A
 * time is one of the clock, and moves with it when the clock is set; a wait is over when so much
 * time has passed, and one that a clock set back would hold up begins again, so that none takes
 * more than twice its time. Only for use at the desk.
 */
public final class Timetable {
  /**
   * One thing that falls due.
   *
   * @param since when its wait began; for a time of the clock, before anything
   */
  private record Due(Instant at, Instant since, long number, Runnable task) {
    boolean beganAfter(Instant now) {
      return since.isAfter(now);
    }

    Due again(Instant now) {
      return new Due(now.plus(Duration.between(since, at)), now, number, task);
    }
  }

  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
  private final InstantSource clock;
  private Instant last = Instant.MIN;
  private long number;

  public Timetable(InstantSource clock) {
    this.clock = clock;
  }

  /** When the clock shows that time, such as the end of what a document says. */
  public void at(Instant when, Runnable task) {
    dues.add(new Due(when, Instant.MIN, number++, task));
  }

  /** When so much time has passed; at once if it is nothing or less. */
  public void after(Duration wait, Runnable task) {
    Instant now = clock.instant();
    dues.add(new Due(now.plus(wait), now, number++, task));
  }

  /** Runs what is due by now, the earliest first, and what becomes due by doing so. */
  public void advanceTo(Instant now) {
    if (now.isBefore(last)) {
      beginAgain(now);
    }
    last = now;
    while (!dues.isEmpty() && !dues.peek().at().isAfter(now)) {
      dues.remove().task().run();
    }
  }

  /** The clock was set back: waits that began at a time that is yet to come begin now. */
  private void beginAgain(Instant now) {
    List<Due> held = dues.stream().filter(due -> due.beganAfter(now)).toList();
    dues.removeIf(due -> due.beganAfter(now));
    held.forEach(due -> dues.add(due.again(now)));
  }

  public Optional<Instant> next() {
    return Optional.ofNullable(dues.peek()).map(Due::at);
  }
}
