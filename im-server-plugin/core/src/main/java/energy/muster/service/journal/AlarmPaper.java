// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A sealed document about alarms: a device's, or a person's act.
 *
 * @param alarms the numbers it is about
 * @param answer the JSON with which it was answered, and is again
 */
public record AlarmPaper(
    BareJid issuer,
    DocumentId id,
    Instant at,
    Digest digest,
    Sealed sealed,
    List<Long> alarms,
    String answer) {
  public AlarmPaper {
    Objects.requireNonNull(issuer);
    Objects.requireNonNull(id);
    Objects.requireNonNull(at);
    Objects.requireNonNull(digest);
    Objects.requireNonNull(sealed);
    Objects.requireNonNull(answer);
    alarms = List.copyOf(alarms);
  }

  /** What a repetition must be told apart by. */
  public record Known(Digest digest, String answer) {}
}
