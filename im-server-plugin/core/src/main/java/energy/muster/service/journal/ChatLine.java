// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import java.time.Instant;

/** What one person says to another, kept until they have it. */
public record ChatLine(DocumentId id, BareJid from, BareJid to, Instant at, String text) {}
