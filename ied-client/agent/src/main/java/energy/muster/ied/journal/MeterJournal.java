// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.identity.BareJid;
import energy.muster.metering.IntervalEnergy;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The durable memory of meters: intervals for 100 days, those that stand in no document yet for 400
 * days, and documents until the service has them.
 */
public interface MeterJournal {
  /** What is known of a device's meter, for its start. */
  CompletableFuture<KeptMeter> meter(BareJid device);

  /**
   * Intervals that are over, and how far counting is since; all or none. One that is there stays as
   * it is. Refused on a full disk.
   */
  CompletableFuture<Void> metered(BareJid device, List<IntervalEnergy> over, String progress);

  /** How far counting is; written like {@link Journal#acknowledged}. */
  CompletableFuture<Void> counting(BareJid device, String progress);

  /** Intervals that stand in no document yet, the oldest first. */
  CompletableFuture<List<IntervalEnergy>> unpacked(BareJid device, int most);

  /** Intervals that start within a time, the oldest first. */
  CompletableFuture<List<IntervalEnergy>> intervals(BareJid device, Instant from, Instant until);

  /**
   * A document, before it is told; refused on a full disk.
   *
   * @param end of its last interval
   */
  CompletableFuture<Void> packed(BareJid device, long sequence, Sealed sealed, Instant end);

  /**
   * A document that corrects what others said, before it is told, with what it says in the place of
   * what was kept; all or none. Refused on a full disk.
   */
  CompletableFuture<Void> corrected(
      BareJid device, long sequence, Sealed sealed, List<IntervalEnergy> by);

  /** The service has this document, or never will; written like {@link Journal#acknowledged}. */
  CompletableFuture<Void> readingsTaken(BareJid device, long sequence);
}
