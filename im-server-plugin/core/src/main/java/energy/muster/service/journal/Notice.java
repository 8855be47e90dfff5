// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that one person must be told, and that waits until they have it.
 *
 * @param to who is told
 * @param kind a short word for programs
 * @param order which order it is about
 * @param device whom it is about, if one
 */
public record Notice(
    DocumentId id,
    BareJid to,
    Instant at,
    String kind,
    DocumentId order,
    Optional<BareJid> device,
    String text) {}
