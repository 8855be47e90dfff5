// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.alarm.AlarmEntry;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An alarm as it stands.
 *
 * @param raised when the service learned of it
 * @param closed when it was over; empty while it is open
 * @param leftBy who had it last, if nobody has it
 * @param gone the addresses outside the network that it was sent to since somebody last had it
 * @param word the device's own, of the newest onset; it is read back, and written as a document
 */
public record AlarmRecord(
    AlarmEntry entry,
    Instant raised,
    Optional<Instant> closed,
    Optional<BareJid> leftBy,
    Set<String> gone,
    Optional<Sealed> word) {
  public AlarmRecord {
    Objects.requireNonNull(entry);
    Objects.requireNonNull(raised);
    Objects.requireNonNull(closed);
    Objects.requireNonNull(leftBy);
    gone = Set.copyOf(gone);
    Objects.requireNonNull(word);
  }
}
