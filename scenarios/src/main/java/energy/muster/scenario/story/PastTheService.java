// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Answer;
import energy.muster.scenario.Draft;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.RawElement;
import energy.muster.scenario.Scene;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.SigningIdentity;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * The second half: a server without Muster passes anything to the device, so the device alone says
 * no. A refusal it signs cannot leave such a server; it is read from the device's own record.
 */
final class PastTheService {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final Scene scene;
  private final DeviceSpec spec = Cast.load("load-60a", Attempts.BRANCH, 20);
  private final BareJid load;
  private Attempts attempts;
  private SigningIdentity operator;
  private RawClient rogue;
  private RawClient spy;
  private Child device;
  private String address = "";

  PastTheService(Scene scene) {
    this.scene = scene;
    this.load = scene.stage().folder().jid(spec.name());
  }

  void play() throws Exception {
    scene.note("The service is bypassed: a server without it, and a rogue who reaches the device.");
    raise();
    Draft held = attempts.shed(operator);
    refused("operator sheds, but no revocation list is known", Reason.TRUST_STALE, held);
    scene.check(
        rogue.set(address, list()).ok(), "the rogue brings a revocation list, as anyone may");
    SigningIdentity revoked = attempts.lost(scene.stage().folder().jid("op-1"));
    attempts.revoke(revoked);
    scene.check(rogue.set(address, list()).ok(), "and a newer one");
    String before = shown();
    wrongSigners(revoked);
    wrongOrders();
    scene.checkEqual(before, shown(), "the presence of load-60a after all that");
    scene.checkEqual(0L, executed(), "the number of orders it executed");
    once();
    clockSetBack();
  }

  private void raise() throws Exception {
    scene.stage().bare();
    scene.stage().enrol(spec);
    scene.stage().enrol(Cast.load("load-60b", Attempts.BRANCH, 20));
    scene.stage().person("viewer-1", Role.VIEWER, Attempts.BRANCH);
    scene.enrolOperator("op-1", Attempts.BRANCH);
    scene.enrolOperator("op-2", Attempts.ELSEWHERE);
    scene.stage().visitor("rogue");
    scene.stage().startServer();
    attempts = new Attempts(scene, load, "op-1");
    operator = attempts.identity("op-1");
    spy = RawClient.logIn(scene, load.local());
    spy.present(RawElement.of(Payload.empty(Wire.LEASE)));
    rogue = RawClient.logIn(scene, "rogue");
    // A server passes no answers to a session that is not present.
    rogue.present(RawElement.of(Payload.empty(Wire.LEASE)));
    device = scene.startDevices("load", List.of(spec));
    find("");
  }

  /** Where the device is: told to whoever logs in with its password. */
  private void find(String earlier) throws InterruptedException {
    scene.await(
        "the rogue, who has the device's password, learns its address",
        SOON,
        () -> spy.presenceOfTwin().filter(from -> !from.equals(earlier)).isPresent());
    address = spy.presenceOfTwin().orElseThrow();
  }

  private RawElement list() throws IOException {
    byte[] der = Files.readAllBytes(scene.stage().folder().pki().crlFile());
    return RawElement.of(
        Payload.of(Wire.CRL, Json.object().put("crl", Base64.getEncoder().encodeToString(der))));
  }

  private void refused(String what, Reason reason, Draft draft) throws InterruptedException {
    Answer answer = rogue.set(address, draft.delivery());
    String found = answer.ok() ? concluded(draft) : answer.reason();
    if (!found.equals(reason.wire())) {
      throw new StoryFailure(what + " → " + found + " " + answer + " instead of " + reason);
    }
    scene.transcript().line("   ✓ " + what + " → " + reason + " (device)");
  }

  /** The reason of its signed refusal, or the result if it was none. */
  private String concluded(Draft draft) {
    var outcome =
        device.await("outcome", said -> said.path("id").asText().equals(draft.id().text()), SOON);
    return outcome.path("reason").asText(outcome.path("result").asText());
  }

  private void wrongSigners(SigningIdentity revoked) throws Exception {
    BareJid account = operator.certified().jid();
    refused("viewer sheds", Reason.NOT_AUTHORISED, attempts.shed(attempts.identity("viewer-1")));
    refused(
        "operator outside the area sheds",
        Reason.NOT_AUTHORISED,
        attempts.shed(attempts.identity("op-2")));
    refused("expired certificate", Reason.UNTRUSTED, attempts.shed(attempts.expired(account)));
    refused("revoked certificate", Reason.REVOKED, attempts.shed(revoked));
    refused(
        "certificate of a foreign authority",
        Reason.UNTRUSTED,
        attempts.shed(attempts.foreign(account)));
  }

  private void wrongOrders() throws Exception {
    for (Attempts.Attempt attempt : attempts.misshapen()) {
      refused(attempt.what(), attempt.reason(), attempt.draft());
    }
    BareJid other = scene.stage().folder().jid("load-60b");
    refused(
        "another device's leaf",
        Reason.WRONG_TARGET,
        attempts.order(operator, Verb.SHED, other, signed -> {}));
    refused(
        "a leaf that was not signed",
        Reason.WRONG_TARGET,
        attempts.shed(operator).misdirectedTo(load));
  }

  private void once() throws Exception {
    scene.note("What an operator did sign is done, whoever carries it, and once.");
    Draft order = attempts.shed(operator);
    scene.check(rogue.set(address, order.delivery()).ok(), "the device takes the order");
    scene.checkEqual("executed", concluded(order), "its result");
    scene.check(rogue.set(address, order.delivery()).ok(), "a replay is answered alike");
    refused(
        "the same id with other content",
        Reason.ID_CONFLICT,
        attempts.changed(signed -> signed.put("id", order.id().text())));
    scene.checkEqual(1L, executed(), "the number of orders it executed");
  }

  private void clockSetBack() throws Exception {
    scene.note("The device's clock is set back by an hour: it knows, and only answers looks.");
    scene.checkEqual(0, device.terminate(), "exit status of the device");
    device = scene.startDevices("load", List.of(spec), List.of("--clock-offset", "PT-1H"));
    find(address);
    refused(
        "restore with the clock set back",
        Reason.CLOCK_UNSURE,
        attempts.order(operator, Verb.RESTORE, load, signed -> {}));
    Draft read = attempts.read(operator);
    scene.check(rogue.set(address, read.delivery()).ok(), "a read is still taken");
    scene.checkEqual("executed", concluded(read), "its result");
  }

  private String shown() {
    return spy.newestOf(address).orElseThrow(() -> new StoryFailure("load-60a is out of sight"));
  }

  private long executed() {
    return device.events().stream()
        .filter(said -> said.path("event").asText().equals("outcome"))
        .filter(said -> said.path("result").asText().equals("executed"))
        .count();
  }
}
