// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Words and signs a device's answers. */
final class OutcomeWriter {
  private static final Set<Reason> ABOUT_TIME = EnumSet.of(Reason.CLOCK_UNSURE, Reason.STALE);

  private final SigningIdentity identity;
  private final String site;
  private final TimeNonce nonce;
  private final InstantSource clock;
  private final Supplier<DevicePresence> state;

  OutcomeWriter(
      SigningIdentity identity,
      String site,
      TimeNonce nonce,
      InstantSource clock,
      Supplier<DevicePresence> state) {
    this.identity = identity;
    this.site = site;
    this.nonce = nonce;
    this.clock = clock;
    this.state = state;
  }

  /**
   * @param asksTime whether the command asks for the time
   */
  Sealed write(DocumentId command, Digest digest, boolean asksTime, Result result) {
    Instant now = clock.instant();
    boolean aboutTime =
        asksTime
            || (result instanceof Result.Declined declined
                && ABOUT_TIME.contains(declined.refusal().reason()));
    Outcome outcome =
        new Outcome(
            new Header(
                DocumentType.OUTCOME, site, DocumentId.next(now), identity.certified().jid(), now),
            command,
            digest,
            result,
            Optional.of(state.get()),
            aboutTime ? Optional.of(nonce.report()) : Optional.empty());
    return Sealer.seal(outcome.write(), now, identity);
  }
}
