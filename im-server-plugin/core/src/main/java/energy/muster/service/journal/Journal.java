// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The service's memory on disk. No method blocks; stages complete on the journal's own threads,
 * exceptionally when the disk failed.
 */
public interface Journal extends AlarmArchive, ReadingsArchive, MarketArchive, UpgradeArchive {
  /**
   * Appends all of the entries or none, after everything appended before. The stage completes when
   * they are synced; one sync may serve many calls.
   */
  CompletionStage<Void> append(List<Entry> entries);

  default CompletionStage<Void> append(Entry entry) {
    return append(List.of(entry));
  }

  /** Something that is being checked and may be appended soon. */
  @FunctionalInterface
  interface Expected {
    /** It is about to be appended, or never will be. To be said once. */
    void over();
  }

  /**
   * Says that somebody will probably append in a moment, so that what waits for its sync may share
   * one with it. Nothing waits long for that, and nothing is owed.
   */
  default Expected expect() {
    return () -> {};
  }

  /**
   * As {@link #append}, for what is true without being on disk yet, because it could be found out
   * again: it does not cause a sync of its own for a while, and never before those that hurry.
   */
  CompletionStage<Void> appendSoon(List<Entry> entries);

  default CompletionStage<Void> appendSoon(Entry entry) {
    return appendSoon(List.of(entry));
  }

  /**
   * Forgets what ended before then: orders with all their history whose every delivery is over and
   * whose every outcome has reached its issuer, and what was recorded besides.
   */
  CompletionStage<Void> prune(Instant before);

  /** What a service that starts now must know. */
  CompletionStage<Recovered> recover(Instant now);

  /** One order with all that happened to it. */
  CompletionStage<Optional<OrderHistory>> order(DocumentId id);

  /**
   * The digest of the content of the first outcome that was kept of a device for an order. Quick
   * however many devices the order is for.
   */
  default CompletionStage<Optional<Digest>> outcome(DocumentId order, BareJid device) {
    return order(order)
        .thenApply(
            found ->
                found
                    .flatMap(history -> history.evidence(device, OrderHistory.Kind.OUTCOME))
                    .map(OrderHistory.Evidence::digest));
  }

  /** Orders as they stand, the newest id first. */
  CompletionStage<List<Order>> orders(OrderQuery query);

  /** Who was shed and restored since then, by what devices signed, oldest first. */
  CompletionStage<List<Shedding>> sheddings(Instant since);

  /** The newest refusals, and the newest minutes with more of them; at most so many of each. */
  CompletionStage<RefusalRecord> refusals(int limit);

  /** Who came and went since then. */
  CompletionStage<AttendanceRecord> attendance(Instant since);
}
