// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.identity.Certified;
import energy.muster.presence.PersonPresence;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a person.
 *
 * @param certified the newest certificate they have proven
 * @param word their last word
 * @param since when they said it
 * @param heard when any stanza last came from them
 */
public record PersonRecord(
    Certified certified, Optional<PersonPresence> word, Instant since, Instant heard) {}
