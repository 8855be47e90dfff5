// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What falls due when. A time is one of the clock, and moves with it when the clock is set; a wait
 * is over when so much time has passed, and one that a clock set back would hold up begins again,
 * so that none takes more than twice its time. What no longer matters is struck off, or looks
 * whether it does when it is due: what a client can put on again and again, long before its time,
 * must be struck. Only for use at the desk.
 */
public final class Timetable {
  /** One thing that falls due. */
  public final class Due {
    private final long number;
    private final Runnable task;
    // When its wait began; for a time of the clock, before anything.
    private Instant since;
    private Instant at;

    private Due(Instant at, Instant since, Runnable task) {
      this.number = count++;
      this.task = task;
      this.since = since;
      this.at = at;
    }

    private void beginAgain(Instant now) {
      at = now.plus(Duration.between(since, at));
      since = now;
    }

    /** It no longer matters; nothing happens if it was due already. */
    public void strike() {
      dues.remove(this);
    }
  }

  private final NavigableSet<Due> dues =
      new TreeSet<>(Comparator.comparing((Due due) -> due.at).thenComparingLong(due -> due.number));
  private final InstantSource clock;
  private Instant last = Instant.MIN;
  private long count;

  public Timetable(InstantSource clock) {
    this.clock = clock;
  }

  /** When the clock shows that time, such as the end of what a document says. */
  public Due at(Instant when, Runnable task) {
    return add(new Due(when, Instant.MIN, task));
  }

  /** When so much time has passed; at once if it is nothing or less. */
  public Due after(Duration wait, Runnable task) {
    Instant now = clock.instant();
    return add(new Due(now.plus(wait), now, task));
  }

  private Due add(Due due) {
    dues.add(due);
    return due;
  }

  /** How many things are on it. */
  public int size() {
    return dues.size();
  }

  /** Runs what is due by now, the earliest first, and what becomes due by doing so. */
  public void advanceTo(Instant now) {
    if (now.isBefore(last)) {
      beginAgain(now);
    }
    last = now;
    while (!dues.isEmpty() && !dues.first().at.isAfter(now)) {
      dues.pollFirst().task.run();
    }
  }

  /** The clock was set back: waits that began at a time that is yet to come begin now. */
  private void beginAgain(Instant now) {
    List<Due> held = dues.stream().filter(due -> due.since.isAfter(now)).toList();
    // Off before their times change, by which they are found.
    held.forEach(dues::remove);
    held.forEach(due -> due.beginAgain(now));
    dues.addAll(held);
  }

  public Optional<Instant> next() {
    return dues.isEmpty() ? Optional.empty() : Optional.of(dues.first().at);
  }
}
