// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.JsonNode;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Answer;
import energy.muster.scenario.Draft;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.SigningIdentity;
import energy.muster.stage.DeviceSpec;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;

/** The first half: everybody goes through the service, which refuses. */
final class AtTheService {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** More than the service records of one sender, whichever way two minutes share them. */
  private static final int STUBBORN = 25;

  private final Scene scene;
  private final BareJid load;
  private Attempts attempts;
  private Operator watcher;
  private RawClient utility;

  AtTheService(Scene scene) {
    this.scene = scene;
    this.load = scene.stage().folder().jid("load-60a");
  }

  void play() throws Exception {
    raise();
    long revision = revision();
    wrongPersons();
    wrongKeys();
    wrongOrders();
    new WrongSessions(scene, attempts, watcher, utility).play();
    scene.checkEqual(revision, revision(), "the revision of load-60a after all that");
    scene.checkEqual(Operating.ON, operating(), "the state of load-60a");
    scene.checkEqual(0L, executed(), "the number of executed deliveries in the journal");
    once();
    new RefusalsKept(scene, proven("sec-1")).play(STUBBORN);
    staleTrust();
  }

  private void raise() throws Exception {
    DeviceSpec device = Cast.load("load-60a", Attempts.BRANCH, 20);
    scene.stage().enrol(device);
    scene.stage().enrol(Cast.load("load-60b", Attempts.BRANCH, 20));
    scene.stage().person("viewer-1", Role.VIEWER, Attempts.BRANCH);
    scene.stage().person("sec-1", Role.SECURITY_ADMIN, Area.ALL);
    scene.enrolOperator("op-1", Attempts.BRANCH);
    scene.enrolOperator("op-2", Attempts.ELSEWHERE);
    scene.enrolOperator("watch-1", Attempts.BRANCH);
    scene.stage().visitor("guest");
    scene.stage().startServer();
    scene.startDevices("load-60a", List.of(device));
    watcher = scene.operator("watch-1");
    watcher.does("expect load-60a on");
    attempts = new Attempts(scene, load, "op-1");
    utility = proven("op-1");
  }

  private RawClient proven(String name) throws Exception {
    RawClient client = RawClient.logIn(scene, name);
    Answer answer = client.prove(attempts.identity(name), scene.now());
    scene.check(answer.ok(), name + " proves its key");
    return client;
  }

  private void refused(String what, Reason reason, Answer answer) {
    if (!answer.reason().equals(reason.wire())) {
      throw new StoryFailure(what + " → " + answer + " instead of " + reason);
    }
    scene.transcript().line("   ✓ " + what + " → " + reason + " (service)");
  }

  private void wrongPersons() throws Exception {
    scene.note("Persons who may not: each is known to the service, which refuses the order.");
    RawClient viewer = proven("viewer-1");
    refused(
        "viewer sheds",
        Reason.NOT_AUTHORISED,
        viewer.submit(attempts.shed(attempts.identity("viewer-1"))));
    RawClient outside = proven("op-2");
    SigningIdentity key = attempts.identity("op-2");
    Answer theirs = outside.submit(attempts.shed(key));
    refused("operator outside the area sheds", Reason.UNKNOWN, theirs);
    BareJid nobody = scene.stage().folder().jid("load-99z");
    Answer none = outside.submit(attempts.order(key, Verb.SHED, nobody, signed -> {}));
    refused("the same for a device that does not exist", Reason.UNKNOWN, none);
    scene.checkEqual(
        none.text().replace("load-99z", "load-60a"), theirs.text(), "the answer to both");
    refused(
        "operator submits another's order",
        Reason.NOT_AUTHORISED,
        outside.submit(attempts.shed(attempts.identity("op-1"))));
    RawClient guest = RawClient.logIn(scene, "guest");
    Payload unsigned = Payload.of(Wire.SUBMIT, Json.object().put("verb", "shed"));
    refused("plain chat client sends an unsigned order", Reason.NOT_PROVEN, guest.set(unsigned));
    for (int i = 1; i < STUBBORN; i++) {
      guest.set(unsigned);
    }
  }

  private void wrongKeys() throws Exception {
    scene.note("Keys that do not count, although the password is right.");
    BareJid account = scene.stage().folder().jid("op-1");
    SigningIdentity expired = attempts.expired(account);
    SigningIdentity foreign = attempts.foreign(account);
    refusedKey("expired certificate", expired, Reason.UNTRUSTED);
    refusedKey("certificate of a foreign authority", foreign, Reason.UNTRUSTED);
    SigningIdentity lost = attempts.lost(account);
    RawClient thief = RawClient.logIn(scene, "op-1");
    scene.check(thief.prove(lost, scene.now()).ok(), "a stolen key still proves a session");
    attempts.revoke(lost);
    scene.await(
        "the revocation reaches the service, which ends that session",
        SOON,
        () -> thief.heard().stream().anyMatch(stanza -> stanza.contains("<required")));
    refused("the session of the revoked key", Reason.NOT_PROVEN, thief.submit(attempts.shed(lost)));
    refused("the revoked key proves again", Reason.REVOKED, thief.prove(lost, scene.now()));
    Answer back = utility.prove(attempts.identity("op-1"), scene.now());
    scene.check(back.ok(), "op-1 goes on with its own key");
    refused("order under the revoked key", Reason.REVOKED, utility.submit(attempts.shed(lost)));
  }

  private void refusedKey(String what, SigningIdentity key, Reason reason) throws Exception {
    refused(what + " proves a session", reason, utility.prove(key, scene.now()));
    refused(what + " sheds", reason, utility.submit(attempts.shed(key)));
  }

  private void wrongOrders() throws Exception {
    scene.note("Orders of an entitled operator that are wrong in one way each.");
    for (Attempts.Attempt attempt : attempts.misshapen()) {
      refused(attempt.what(), attempt.reason(), utility.submit(attempt.draft()));
    }
    Draft good = attempts.shed(attempts.identity("op-1"));
    refused(
        "leaves that were not signed",
        Reason.WRONG_TARGET,
        utility.submit(good.misdirectedTo(scene.stage().folder().jid("load-60b"))));
  }

  /** The right order is done, once, and its id is used up. */
  private void once() throws Exception {
    scene.note("The same operator's right order is carried out, and a replay of it is not.");
    SigningIdentity key = attempts.identity("op-1");
    Draft order = attempts.shed(key);
    scene.check(utility.submit(order).ok(), "op-1 sheds");
    scene.await("load-60a is off", SOON, () -> operating() == Operating.OFF);
    long revision = revision();
    Answer again = utility.submit(order);
    scene.check(
        again.ok() && again.json().contains(order.id().text()), "the replay is answered alike");
    Draft other = attempts.changed(signed -> signed.put("id", order.id().text()));
    refused("the same id with other content", Reason.ID_CONFLICT, utility.submit(other));
    scene.await("the journal has it executed", SOON, () -> executed() == 1);
    scene.checkEqual(revision, revision(), "the revision of load-60a");
  }

  private void staleTrust() throws Exception {
    scene.note("The revocation list runs out: only looking goes on.");
    scene.stage().folder().pki().publishCrl(Duration.ofSeconds(3));
    RawClient outside = proven("op-2");
    SigningIdentity theirs = attempts.identity("op-2");
    // What is refused anyway may be tried until the reason changes.
    scene.await(
        "the service holds its trust for stale",
        SOON,
        () -> reasonOf(outside, attempts.shed(theirs)).equals(Reason.TRUST_STALE.wire()));
    SigningIdentity key = attempts.identity("op-1");
    refused(
        "restore with a stale revocation list",
        Reason.TRUST_STALE,
        utility.submit(attempts.order(key, Verb.RESTORE, load, signed -> {})));
    scene.check(utility.submit(attempts.read(key)).ok(), "a read is still taken");
    scene.await("and answered by the device", SOON, () -> executed() == 2);
    scene.checkEqual(Operating.OFF, operating(), "the state of load-60a");
  }

  private static String reasonOf(RawClient client, Draft draft) {
    try {
      return client.submit(draft).reason();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted");
    }
  }

  private Contact contact() {
    return watcher
        .contact("load-60a")
        .orElseThrow(() -> new StoryFailure("load-60a is out of sight"));
  }

  private long revision() {
    return contact().presence().orElseThrow().revision();
  }

  private Operating operating() {
    return contact().presence().orElseThrow().operating();
  }

  private long executed() {
    try {
      Answer answer =
          utility.get(
              Payload.of(Wire.ORDERS, Json.object().put("filter", "all").put("limit", 100)));
      long count = 0;
      for (JsonNode order : Json.parseLarge(answer.json()).path("orders")) {
        for (JsonNode delivery : order.path("deliveries")) {
          count += delivery.path("state").asText().equals("executed") ? 1 : 0;
        }
      }
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted");
    }
  }
}
