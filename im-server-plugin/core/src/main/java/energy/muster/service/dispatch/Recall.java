// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.document.DocumentId;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.OrderHistory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what an order had brought before this service began, until it can: nothing goes on without.
 */
final class Recall {
  private static final Logger LOG = LoggerFactory.getLogger(Recall.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;

  Recall(Journal journal, Timetable timetable, Desk desk) {
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
  }

  /**
   * @param then hears at the desk what it has brought
   */
  void read(DocumentId order, Consumer<Optional<OrderHistory>> then) {
    journal
        .order(order)
        .whenComplete(
            (history, failure) ->
                desk.put(
                    () -> {
                      if (failure == null) {
                        then.accept(history);
                      } else {
                        LOG.error("what {} has brought so far cannot be read yet", order, failure);
                        timetable.after(AGAIN, () -> read(order, then));
                      }
                    }));
  }
}
