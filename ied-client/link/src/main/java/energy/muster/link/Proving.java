// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.session.SessionProof;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jivesoftware.smack.packet.IQ;

/**
 * Shows the service that this session holds the account's key, again and again until it believes
 * it. Everything here runs on the link's control executor.
 */
final class Proving {
  private final LinkConfig config;
  private final SigningIdentity identity;
  private final Session session;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Control control;
  private final Consumer<SessionTerms> proven;
  private final Consumer<Throwable> failed;
  private int attempt;

  Proving(
      LinkConfig config,
      SigningIdentity identity,
      Session session,
      InstantSource clock,
      Backoff backoff,
      Control control,
      Consumer<SessionTerms> proven,
      Consumer<Throwable> failed) {
    this.config = config;
    this.identity = identity;
    this.session = session;
    this.clock = clock;
    this.backoff = backoff;
    this.control = control;
    this.proven = proven;
    this.failed = failed;
  }

  /** Starts over, whatever was under way. */
  void prove() {
    int mine = ++attempt;
    CompletableFuture<SessionTerms> granted =
        session
            .ask(IQ.Type.get, Payload.empty(Wire.CHALLENGE), control)
            .thenApply(challenge -> Payload.of(Wire.PROOF, proofOver(challenge)))
            .thenCompose(proof -> session.ask(IQ.Type.set, proof, control))
            .thenApply(answer -> SessionTerms.read(answer.requireJson()));
    Futures.whenDone(granted, (terms, failure) -> ended(mine, terms, failure));
  }

  private void ended(int mine, SessionTerms terms, Throwable failure) {
    if (mine != attempt || session.self().isEmpty()) {
      return;
    }
    if (failure == null) {
      backoff.reset();
      proven.accept(terms);
      return;
    }
    failed.accept(failure);
    control.after(backoff.next(), () -> again(mine));
  }

  private void again(int after) {
    if (after == attempt && session.self().isPresent()) {
      prove();
    }
  }

  private Sealed proofOver(Payload challenge) {
    String nonce = Fields.of(challenge.requireJson()).text("nonce");
    Instant now = clock.instant();
    Header header =
        new Header(
            DocumentType.SESSION, config.site(), DocumentId.next(now), config.account(), now);
    SessionProof proof =
        new SessionProof(
            header,
            nonce,
            session.self().orElseThrow(() -> new LinkException("not connected")),
            config.boot(),
            config.journalSeq().getAsLong());
    return Sealer.seal(proof.write(), identity);
  }
}
