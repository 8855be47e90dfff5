// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.Optional;

/**
 * A device was shed or restored, by its own signed word.
 *
 * @param restored whether it came back by it
 * @param until when the order that shed it ends by itself
 */
public record Shedding(BareJid device, boolean restored, Instant at, Optional<Instant> until) {}
