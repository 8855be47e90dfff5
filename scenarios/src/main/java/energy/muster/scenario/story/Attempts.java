// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.pki.CertificateAuthority;
import energy.muster.pki.RevocationReason;
import energy.muster.pki.Subject;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Draft;
import energy.muster.scenario.Scene;
import energy.muster.seal.Credentials;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The orders that must be refused, and the keys that must not count. */
final class Attempts {
  static final Area BRANCH = new Area("branch-60");
  static final Area ELSEWHERE = new Area("branch-61");

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int TOO_LARGE = 70 * 1024;

  private final Map<String, SigningIdentity> first = new HashMap<>();
  private final Scene scene;
  private final BareJid device;
  private final SigningIdentity operator;

  /**
   * One attempt.
   *
   * @param what for the transcript
   */
  record Attempt(String what, Draft draft, Reason reason) {}

  Attempts(Scene scene, BareJid device, String operator) {
    this.scene = scene;
    this.device = device;
    this.operator = identity(operator);
  }

  /** The key that was first issued to it, whatever was issued since. */
  SigningIdentity identity(String name) {
    return first.computeIfAbsent(
        name, any -> scene.stage().folder().identity(scene.stage().folder().jid(name)));
  }

  Draft order(SigningIdentity by, Verb verb, BareJid to, Consumer<ObjectNode> change) {
    return Draft.of(
        scene.stage().folder().site(), by, new Instruction.Plain(verb), to, scene.now(), change);
  }

  Draft shed(SigningIdentity by) {
    return order(by, Verb.SHED, device, signed -> {});
  }

  Draft read(SigningIdentity by) {
    return order(by, Verb.READ, device, signed -> {});
  }

  Draft changed(Consumer<ObjectNode> change) {
    return order(operator, Verb.SHED, device, change);
  }

  /** Orders of an entitled operator, each wrong in one way, whoever judges them. */
  List<Attempt> misshapen() {
    Draft good = shed(operator);
    return List.of(
        new Attempt("an altered order", good.altered(), Reason.BAD_SIGNATURE),
        new Attempt("an order past its time", past(), Reason.STALE),
        new Attempt("an order from the future", fromTheFuture(), Reason.STALE),
        new Attempt(
            "an unknown verb",
            changed(signed -> signed.put("verb", "explode")),
            Reason.UNSUPPORTED),
        new Attempt(
            "an unknown signed field",
            changed(signed -> signed.put("force", true)),
            Reason.MALFORMED),
        new Attempt(
            "JSON that breaks off",
            good.holding("{\"type\":\"command\",", operator, scene.now()),
            Reason.MALFORMED),
        new Attempt("70 KiB in place of an order", good.bloated(TOO_LARGE), Reason.TOO_LARGE));
  }

  private Draft past() {
    return changed(
        signed -> {
          var issued = scene.now().minus(Duration.ofMinutes(10));
          signed.put("issuedAt", issued.toString());
          signed.put("deliverBy", issued.plusSeconds(60).toString());
          signed.put("executeBy", issued.plusSeconds(120).toString());
        });
  }

  private Draft fromTheFuture() {
    return changed(
        signed -> {
          var issued = scene.now().plusSeconds(45);
          signed.put("issuedAt", issued.toString());
          signed.put("deliverBy", issued.plusSeconds(60).toString());
          signed.put("executeBy", issued.plusSeconds(120).toString());
        });
  }

  /** A key of that operator whose certificate has run out. */
  SigningIdentity expired(BareJid account) throws InterruptedException {
    Credentials brief =
        scene.stage().folder().pki().authority().issue(subject(account).validFor(SHORT));
    scene.await(
        "a certificate of " + account.local() + " has expired",
        Duration.ofSeconds(5),
        () -> scene.now().isAfter(brief.certificate().getNotAfter().toInstant().plusSeconds(1)));
    return brief.identity();
  }

  /** A key for that account from another authority of the same name. */
  SigningIdentity foreign(BareJid account) {
    return CertificateAuthority.create(scene.stage().folder().site(), InstantSource.system())
        .issue(subject(account))
        .identity();
  }

  /** A second key of that operator, which will have been lost. */
  SigningIdentity lost(BareJid account) throws IOException {
    return scene.stage().folder().pki().issue(subject(account), "lost".toCharArray()).identity();
  }

  void revoke(SigningIdentity lost) throws IOException {
    scene.stage().folder().pki().revoke(lost.certified().serial(), RevocationReason.KEY_COMPROMISE);
  }

  private static Subject subject(BareJid account) {
    return Subject.of(account, Role.OPERATOR, BRANCH);
  }
}
