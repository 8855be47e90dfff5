// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.Objects;

/**
 * A document of readings that was taken.
 *
 * @param start of its first interval
 * @param end of its last
 */
public record ReadingsRecord(
    BareJid meter,
    long sequence,
    Instant start,
    Instant end,
    Instant taken,
    Digest digest,
    Sealed sealed) {
  public ReadingsRecord {
    Objects.requireNonNull(meter);
    Objects.requireNonNull(start);
    Objects.requireNonNull(end);
    Objects.requireNonNull(taken);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(sealed);
  }
}
