// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import java.time.Instant;

/**
 * Where the delivery of something published to one device stands.
 *
 * @param version of the tariff; of a series 1, of an amendment its own
 * @param text what happened to it last, for people
 */
public record Receipt(
    BareJid device,
    DocumentId document,
    long version,
    DeliveryState state,
    Instant at,
    String text) {}
