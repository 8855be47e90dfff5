// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.ied.journal.Intent;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Words and signs a device's answers. */
final class OutcomeWriter {
  private static final Set<Reason> ABOUT_TIME = EnumSet.of(Reason.CLOCK_UNSURE, Reason.STALE);
  private static final Set<Verb> ASKS_TIME = EnumSet.of(Verb.READ, Verb.SYNC_TIME);

  private final SigningIdentity identity;
  private final String site;
  private final TimeNonce nonce;

  OutcomeWriter(SigningIdentity identity, String site, TimeNonce nonce) {
    this.identity = identity;
    this.site = site;
    this.nonce = nonce;
  }

  Sealed write(Intent intent, Verb verb, Result result, DevicePresence state, Instant now) {
    boolean aboutTime =
        ASKS_TIME.contains(verb)
            || (result instanceof Result.Declined declined
                && ABOUT_TIME.contains(declined.refusal().reason()));
    Outcome outcome =
        new Outcome(
            new Header(
                DocumentType.OUTCOME, site, DocumentId.next(now), identity.certified().jid(), now),
            intent.key().id(),
            intent.digest(),
            result,
            Optional.of(state),
            aboutTime ? Optional.of(nonce.report()) : Optional.empty());
    return Sealer.seal(outcome.write(), now, identity);
  }
}
