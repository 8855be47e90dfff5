// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.session;

import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.service.ServiceConfig;
import energy.muster.service.desk.Desk;
import energy.muster.session.SessionProof;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Challenges sessions and checks what they prove. */
public final class Proofs {
  private static final int NONCE_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final ServiceConfig config;
  private final CurrentTrust trust;
  private final Sessions sessions;
  private final Desk desk;
  private final Executor workers;
  private final InstantSource clock;

  public Proofs(
      ServiceConfig config,
      CurrentTrust trust,
      Sessions sessions,
      Desk desk,
      Executor workers,
      InstantSource clock) {
    this.config = config;
    this.trust = trust;
    this.sessions = sessions;
    this.desk = desk;
    this.workers = workers;
    this.clock = clock;
  }

  /** A fresh nonce; one given before is void. */
  public CompletionStage<Payload> challenge(FullJid from) {
    return desk.ask(
        () -> {
          byte[] bytes = new byte[NONCE_BYTES];
          random.nextBytes(bytes);
          String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
          session(from).challenge(nonce, clock.instant().plus(config.timing().nonce()));
          return CompletableFuture.completedFuture(
              Payload.of(Wire.CHALLENGE, Json.object().put("nonce", nonce)));
        });
  }

  private Session session(FullJid from) {
    return sessions
        .session(from)
        .orElseThrow(() -> new Refused(Reason.NOT_PROVEN, "there is no session " + from));
  }

  /** Uses up the nonce, whatever comes of it. */
  public CompletionStage<Payload> prove(FullJid from, Sealed sealed) {
    return desk.ask(
        () -> {
          Session session = session(from);
          String nonce =
              session
                  .takeNonce(clock.instant())
                  .orElseThrow(
                      () ->
                          new Refused(
                              Reason.NOT_PROVEN,
                              "no challenge stands: it was used or is too old; take another"));
          return CompletableFuture.supplyAsync(() -> check(session, nonce, sealed), workers)
              .thenCompose(proven -> desk.askHere(() -> install(session, proven)));
        });
  }

  private record Proven(Certified who, SessionProof proof) {}

  private Proven check(Session session, String nonce, Sealed sealed) {
    Instant now = clock.instant();
    Opened opened = trust.get().open(sealed, now);
    SessionProof proof = SessionProof.read(opened.content());
    Certified who = opened.soleSigner();
    if (!proof.header().site().equals(config.site())) {
      throw new Refused(Reason.WRONG_TARGET, "the proof is for the site " + proof.header().site());
    }
    if (!who.jid().equals(session.account()) || !proof.header().issuer().equals(who.jid())) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "the key of " + who.jid() + " does not speak for " + session.account());
    }
    if (!proof.session().equals(session.jid())) {
      throw new Refused(Reason.WRONG_TARGET, "the proof is for the session " + proof.session());
    }
    if (!proof.nonce().equals(nonce)) {
      throw new Refused(Reason.REPLAYED, "the proof does not answer the challenge that stands");
    }
    if (proof.header().issuedAt().isAfter(now.plus(config.timing().ahead()))) {
      throw new Refused(
          Reason.STALE,
          "the proof was made at " + proof.header().issuedAt() + ", here it is " + now);
    }
    return new Proven(who, proof);
  }

  private CompletionStage<Payload> install(Session session, Proven proven) {
    // Once more, in case it was revoked while the proof was checked.
    trust.get().certify(proven.who().certificate(), clock.instant());
    sessions.prove(session, proven.who(), proven.proof());
    return CompletableFuture.completedFuture(
        Payload.of(
            Wire.PROOF,
            Json.object()
                .put("site", config.site())
                .put("leaseSeconds", config.timing().lease().toSeconds())
                .put("crlNumber", trust.get().crlNumber())));
  }
}
