// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.limit;

import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.refusal.Refusal;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.notice.Notices;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Records who was told no: one by one up to a limit a minute, and above it as a number; security
 * administrators are told when that begins. Only for use at the desk.
 */
public final class RefusalLog {
  private record Minute(Instant begin, BareJid sender, Entry.Excess kind) {}

  private static final class Tally {
    private int recorded;
    private long excess;
  }

  private final Map<Minute, Tally> tallies = new HashMap<>();
  private final int perMinute;
  private final Journal journal;
  private final Notices notices;
  private final Timetable timetable;
  private final InstantSource clock;

  public RefusalLog(
      int perMinute, Journal journal, Notices notices, Timetable timetable, InstantSource clock) {
    this.perMinute = perMinute;
    this.journal = journal;
    this.notices = notices;
    this.timetable = timetable;
    this.clock = clock;
  }

  public void refused(BareJid sender, Refusal refusal) {
    Instant now = clock.instant();
    Tally tally = tally(sender, Entry.Excess.REFUSALS, now);
    if (tally.recorded < perMinute) {
      tally.recorded++;
      journal.appendSoon(new Entry.RefusalNoted(now, sender, refusal));
    } else {
      count(tally, sender, "is refused more than " + perMinute + " times a minute");
    }
  }

  /** A stanza was turned away because there were too many. */
  public void turnedAway(BareJid sender) {
    Tally tally = tally(sender, Entry.Excess.STANZAS, clock.instant());
    count(tally, sender, "sends more stanzas than are taken");
  }

  private void count(Tally tally, BareJid sender, String what) {
    if (tally.excess++ == 0) {
      notices.tell(
          "limit",
          Optional.empty(),
          sender + " " + what + "; the rest of this minute is counted only",
          person -> person.holds(Role.SECURITY_ADMIN));
    }
  }

  private Tally tally(BareJid sender, Entry.Excess kind, Instant now) {
    Minute minute = new Minute(now.truncatedTo(ChronoUnit.MINUTES), sender, kind);
    return tallies.computeIfAbsent(
        minute,
        fresh -> {
          timetable.at(minute.begin().plus(1, ChronoUnit.MINUTES), () -> close(minute));
          return new Tally();
        });
  }

  private void close(Minute minute) {
    Tally tally = tallies.remove(minute);
    if (tally != null && tally.excess > 0) {
      journal.appendSoon(
          new Entry.ExcessCounted(minute.begin(), minute.sender(), minute.kind(), tally.excess));
    }
  }
}
