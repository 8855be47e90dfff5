// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a delivery's end, or its doubt, means for the issuer: a notice of it where no outcome of the
 * device tells it, and the sum of a larger order when its last delivery ends. Only for use at the
 * desk.
 */
public final class Endings {
  private final Journal journal;
  private final Reports reports;
  private final InstantSource clock;

  public Endings(Journal journal, Reports reports, InstantSource clock) {
    this.journal = journal;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * Journals moves without waiting for it, and then tells the issuer: what the notice says, if one
   * is needed, and the sum, if the order is over with them.
   */
  void end(OpenOrder order, List<? extends Entry> moves, Optional<Notice> notice) {
    List<Entry> entries = new ArrayList<>(moves);
    List<Notice> told = new ArrayList<>();
    notice.ifPresent(each -> told.add(owe(entries, each)));
    sum(order, entries).ifPresent(told::add);
    journal.appendSoon(entries);
    told.forEach(reports::add);
  }

  /** Adds the sum to what is about to be journaled, if this was the last; told once it is. */
  Optional<Notice> sum(OpenOrder order, List<Entry> entries) {
    return order.sum(clock.instant()).map(notice -> owe(entries, notice));
  }

  Notice owe(List<Entry> entries, Notice notice) {
    entries.add(new Entry.Owed(notice));
    return notice;
  }

  void tell(Notice notice) {
    reports.add(notice);
  }
}
