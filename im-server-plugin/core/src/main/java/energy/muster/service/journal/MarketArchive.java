// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet;
import energy.muster.tariff.OfferName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be read back of what was published and of what changed. */
public interface MarketArchive {
  /**
   * The deliveries of a tariff or series, in the order in which they were accepted.
   *
   * @param document only those of this one; all versions without it
   */
  CompletionStage<List<Receipt>> receipts(OfferName offer, Optional<DocumentId> document);

  /** What changed of a class and is in no change set yet, oldest first. */
  CompletionStage<List<PendingChange>> changes(ChangeSet.DataClass dataClass, int limit);

  /** The change sets of a class after that number, lowest first. */
  CompletionStage<List<ChangeSet>> changeSets(ChangeSet.DataClass dataClass, long after, int limit);
}
