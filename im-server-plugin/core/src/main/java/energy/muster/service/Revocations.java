// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Crl;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Unwritten;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.service.view.Looks;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes revocation lists, acts on them and spreads them. */
final class Revocations {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

  private final CurrentTrust trust;
  private final Sessions sessions;
  private final Looks looks;
  private final Outbound outbound;
  private final Desk desk;
  private final Executor workers;
  private final InstantSource clock;
  private final Unwritten<String, Payload> unwritten;

  /** Those in force that no disk has: they are written when they are brought again. */
  private final Set<String> unkept = ConcurrentHashMap.newKeySet();

  Revocations(
      CurrentTrust trust,
      Sessions sessions,
      Looks looks,
      Outbound outbound,
      Journal journal,
      Desk desk,
      Executor workers,
      InstantSource clock) {
    this.trust = trust;
    this.sessions = sessions;
    this.looks = looks;
    this.outbound = outbound;
    this.desk = desk;
    this.workers = workers;
    this.clock = clock;
    unwritten = new Unwritten<>(journal, desk);
  }

  /**
   * A list that a security administrator brings. It counts at once, because a revocation must not
   * wait for a full disk, and is answered when it is on disk.
   */
  CompletionStage<Payload> bring(Certified sender, Payload payload) {
    if (!sender.holds(Role.SECURITY_ADMIN)) {
      throw new Refused(Reason.NOT_AUTHORISED, "a revocation list is brought by a security-admin");
    }
    return CompletableFuture.supplyAsync(() -> adopt(read(payload)), workers)
        .thenCompose(list -> desk.ask(() -> keep(list)));
  }

  private record Adopted(String crl, boolean news) {}

  /** One at a time: the same list, brought twice at once, must not pass for one that is kept. */
  private synchronized Adopted adopt(String base64) {
    byte[] der = decode(base64);
    String crl = Base64.getEncoder().encodeToString(der);
    boolean news = trust.add(der);
    if (news) {
      unkept.add(crl);
    }
    return new Adopted(crl, news);
  }

  private CompletionStage<Payload> keep(Adopted list) {
    String crl = list.crl();
    if (list.news()) {
      enforce();
    }
    Optional<CompletionStage<Payload>> pending = unwritten.answer(crl);
    if (pending.isPresent()) {
      return pending.get();
    }
    return unkept.contains(crl)
        ? unwritten.write(crl, new Entry.CrlTaken(crl, clock.instant()), () -> kept(crl))
        : CompletableFuture.completedFuture(Payload.empty(Wire.CRL));
  }

  private CompletionStage<Payload> kept(String crl) {
    unkept.remove(crl);
    return CompletableFuture.completedFuture(Payload.empty(Wire.CRL));
  }

  private static String read(Payload payload) {
    return Fields.readAll(payload.requireLargeJson(), fields -> fields.text("crl"));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Refused(Reason.MALFORMED, "the revocation list is not base64");
    }
  }

  /** A list from the journal; an older one than is held is passed over. */
  void recover(String base64) {
    try {
      trust.add(decode(base64));
    } catch (Refused no) {
      LOG.info("a revocation list of the journal is not used: {}", no.getMessage());
    }
  }

  /** At the desk: whoever is revoked loses the proof and the grants; all others get the lists. */
  void enforce() {
    sessions.recheck(this::holds);
    looks.recheck();
    sessions.allProven().forEach(this::tell);
  }

  private boolean holds(Certified certified) {
    try {
      trust.get().certify(certified.certificate(), clock.instant());
      return true;
    } catch (Refused no) {
      return false;
    }
  }

  /** Gives a session the lists that are held. */
  void tell(Session session) {
    for (Crl crl : trust.get().crls()) {
      String base64 = Base64.getEncoder().encodeToString(crl.der());
      outbound
          .ask(session.jid(), Payload.of(Wire.CRL, Json.object().put("crl", base64)))
          .whenComplete(
              (answer, failure) -> {
                if (failure != null) {
                  // It asks for nothing more: the next session or the next list brings it.
                  LOG.debug("{} has no list: {}", session, Failures.cause(failure).getMessage());
                }
              });
    }
  }
}
