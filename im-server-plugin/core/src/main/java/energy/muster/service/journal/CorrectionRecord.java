// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.Objects;

/**
 * A person's correction of a meter's readings that was taken.
 *
 * @param start of its first interval
 * @param end of its last
 */
public record CorrectionRecord(
    BareJid meter,
    BareJid issuer,
    DocumentId id,
    Instant start,
    Instant end,
    Instant taken,
    Digest digest,
    Sealed sealed) {
  public CorrectionRecord {
    Objects.requireNonNull(meter);
    Objects.requireNonNull(issuer);
    Objects.requireNonNull(id);
    Objects.requireNonNull(start);
    Objects.requireNonNull(end);
    Objects.requireNonNull(taken);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(sealed);
  }
}
