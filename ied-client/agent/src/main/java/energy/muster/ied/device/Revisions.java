// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.identity.BareJid;
import energy.muster.ied.journal.Journal;

/**
 * Presence revisions that rise across restarts without a disk sync for each: they are reserved in
 * blocks, and a start begins with a new block. Used by one thread at a time.
 */
final class Revisions {
  private static final long BLOCK = 10_000;

  private final Journal journal;
  private final BareJid device;
  private long current;
  private long ceiling;

  private Revisions(Journal journal, BareJid device, long from) {
    this.journal = journal;
    this.device = device;
    this.current = from;
    this.ceiling = from;
  }

  /**
   * @param from the ceiling that was reserved before
   */
  static Revisions above(long from, Journal journal, BareJid device) {
    Revisions revisions = new Revisions(journal, device, from);
    revisions.reserve();
    return revisions;
  }

  // Half a block before it is needed: the entry is synced long before the numbers are used up.
  private void reserve() {
    ceiling += BLOCK;
    var unused = journal.reserveRevisions(device, ceiling);
  }

  long current() {
    return current;
  }

  void rise() {
    current++;
    if (current > ceiling - BLOCK / 2) {
      reserve();
    }
  }
}
