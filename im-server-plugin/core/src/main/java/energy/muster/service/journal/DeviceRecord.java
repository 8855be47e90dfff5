// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.identity.Certified;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Difference;
import java.time.Instant;
import java.util.Optional;

/**
 * A device in the registry.
 *
 * @param certified its newest proven certificate; kept as the DER of {@code
 *     certified.certificate()}, read back with {@code Certified.of}
 * @param presence its last word
 * @param heard when any stanza last came from it
 * @param journalSeq the highest sequence number of its own journal it has named
 * @param quarantined it came back with an older journal, and gets nothing until a person has looked
 * @param absence why it is not there, if it said so or was missed
 * @param difference how it last came back other than it was believed to be
 * @param reversal what it will undo by itself
 */
public record DeviceRecord(
    Certified certified,
    Optional<DevicePresence> presence,
    Instant heard,
    long journalSeq,
    boolean quarantined,
    Optional<Contact.Absence> absence,
    Optional<Difference> difference,
    Optional<Reversal> reversal) {}
