// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the service does again and again without being asked. Only for use at the desk. */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private static final Duration FIRST_PRUNING = Duration.ofMinutes(10);

  private final Journal journal;
  private final Reactions reactions;
  private final Timetable timetable;
  private final Timing timing;
  private final InstantSource clock;
  private Instant started = Instant.EPOCH;

  Housekeeping(
      Journal journal,
      Reactions reactions,
      Timetable timetable,
      Timing timing,
      InstantSource clock) {
    this.journal = journal;
    this.reactions = reactions;
    this.timetable = timetable;
    this.timing = timing;
    this.clock = clock;
  }

  /**
   * Begins.
   *
   * @param since when the service was there first
   */
  void begin(Instant since) {
    started = since;
    write();
    mark();
    // Not now: whoever waited for the server comes first.
    timetable.after(FIRST_PRUNING, this::prune);
  }

  private void write() {
    reactions.write();
    timetable.after(timing.registryInterval(), this::write);
  }

  private void mark() {
    journal.appendSoon(ran());
    timetable.after(timing.runInterval(), this::mark);
  }

  /** So that it is known when nobody looked. */
  Entry ran() {
    return new Entry.Ran(started, clock.instant());
  }

  private void prune() {
    Instant now = clock.instant();
    journal
        .prune(now.minus(timing.retention()))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.error("what is older than the retention could not be pruned", failure);
              }
            });
    timetable.after(timing.pruneInterval(), this::prune);
  }
}
