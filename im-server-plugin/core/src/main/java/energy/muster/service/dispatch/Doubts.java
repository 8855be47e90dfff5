// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Journal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether an order is on disk whose writing failed without a word on that: until then
 * nothing is carried, and nothing forgotten. Only for use at the desk.
 */
final class Doubts {
  private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

  /** A database that broke off in the middle may still finish what it had begun. */
  static final Duration AGAIN = Duration.ofSeconds(5);

  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;

  Doubts(Journal journal, Timetable timetable, Desk desk) {
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
  }

  /** Asks the journal a little later, and until it can be read. */
  void end(OpenOrder order, Runnable there, Runnable missing) {
    timetable.after(
        AGAIN,
        () ->
            journal
                .order(order.id())
                .whenComplete(
                    (found, failure) ->
                        desk.put(
                            () -> {
                              if (failure != null) {
                                end(order, there, missing);
                              } else if (found.filter(order::isThat).isPresent()) {
                                LOG.info("order {} is on disk after all", order.id());
                                there.run();
                              } else {
                                LOG.info("order {} is not on disk", order.id());
                                missing.run();
                              }
                            })));
  }

  /** Why what ends another order must wait: nobody knows yet whether there is that order. */
  static Optional<Refusal> refuse(Command command, Map<DocumentId, OpenOrder> orders) {
    Optional<DocumentId> cancelled =
        command.instruction() instanceof Instruction.Cancel cancel
            ? Optional.of(cancel.command())
            : Optional.empty();
    return Stream.concat(cancelled.stream(), command.supersedes().stream())
        .map(orders::get)
        .filter(Objects::nonNull)
        .filter(OpenOrder::doubtful)
        .findFirst()
        .map(
            order ->
                Refusal.of(
                    Reason.BUSY,
                    "nobody knows yet whether order %s was written down; send the same again",
                    order.id().brief()));
  }
}
