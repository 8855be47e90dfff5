// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Answer;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.RawElement;
import energy.muster.scenario.Scene;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sessions that claim to be a device, say too much, or say it too often. */
final class WrongSessions {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int FLOOD = 300;
  private static final int OVER_A_MEGABYTE = 3 * 1024 * 1024;

  private final Scene scene;
  private final Attempts attempts;
  private final Operator watcher;
  private final RawClient utility;
  private final BareJid claimed;

  WrongSessions(Scene scene, Attempts attempts, Operator watcher, RawClient utility) {
    this.scene = scene;
    this.attempts = attempts;
    this.watcher = watcher;
    this.utility = utility;
    this.claimed = scene.stage().folder().jid("load-60b");
  }

  void play() throws Exception {
    scene.note("Who knows a device's password but not its key is no device.");
    RawClient older = RawClient.logIn(scene, claimed.local());
    older.present(presence());
    refused("a lease without the key", older.set(Payload.empty(Wire.LEASE)), Reason.NOT_PROVEN);
    scene.check(watcher.contact("load-60b").isEmpty(), "its presence is ignored");
    SigningIdentity operator = attempts.identity("op-1");
    refused(
        "an order to it",
        utility.submit(attempts.order(operator, Verb.SHED, claimed, signed -> {})),
        Reason.UNKNOWN);

    scene.note("Of two sessions with the device's key the newest counts.");
    SigningIdentity key = attempts.identity(claimed.local());
    scene.check(older.prove(key, scene.now()).ok(), "the first proves the key");
    RawClient newer = RawClient.logIn(scene, claimed.local());
    newer.present(presence());
    scene.check(newer.prove(key, scene.now()).ok(), "the second proves the key");
    scene.check(
        utility.submit(attempts.order(operator, Verb.READ, claimed, signed -> {})).ok(),
        "op-1 reads load-60b");
    scene.await("the newer session gets the delivery", SOON, () -> delivered(newer));
    scene.check(!delivered(older), "the older session gets none");
    refused("the older session", older.set(Payload.empty(Wire.LEASE)), Reason.NOT_PROVEN);
    flood(older);
    outsized();
  }

  private void refused(String what, Answer answer, Reason reason) {
    if (!answer.reason().equals(reason.wire())) {
      throw new StoryFailure(what + " → " + answer + " instead of " + reason);
    }
    scene.transcript().line("   ✓ " + what + " → " + reason + " (service)");
  }

  private static boolean delivered(RawClient client) {
    return client.heard().stream().anyMatch(stanza -> stanza.contains("<deliver"));
  }

  private static RawElement presence() {
    return RawElement.of(
        Wire.DEVICE,
        Optional.empty(),
        Optional.of(
            "{\"rev\":1,\"kind\":\"load\",\"operating\":\"on\",\"quantities\":{},"
                + "\"faults\":[],\"leaseSeconds\":60}"));
  }

  private void flood(RawClient device) throws Exception {
    scene.note("A device's account that floods is turned away and counted.");
    RawClient admin = RawClient.logIn(scene, "sec-1");
    Answer proven = admin.prove(attempts.identity("sec-1"), scene.now());
    scene.check(proven.ok(), "the security administrator is there");
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      answers.add(device.post(device.service(), true, RawElement.of(Payload.empty(Wire.LEASE))));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    List<Answer> limited =
        answers.stream()
            .map(CompletableFuture::join)
            .filter(answer -> answer.reason().equals(Reason.RATE_LIMITED.wire()))
            .toList();
    if (limited.isEmpty()) {
      throw new StoryFailure("none of " + FLOOD + " stanzas at once was turned away");
    }
    refused(
        FLOOD + " stanzas at once, " + limited.size() + " of them",
        limited.get(0),
        Reason.RATE_LIMITED);
    scene.await(
        "the security administrator is told of it",
        SOON,
        () ->
            admin.heard().stream()
                .anyMatch(
                    stanza -> stanza.contains("load-60b") && stanza.contains("more stanzas than")));
  }

  private void outsized() throws Exception {
    scene.note("Over 1 MiB closes the stream of the sender and concerns nobody else.");
    RawClient guest = RawClient.logIn(scene, "guest");
    Answer answer =
        guest.set(
            guest.service(),
            RawElement.of(Wire.SUBMIT, Optional.of("A".repeat(OVER_A_MEGABYTE)), Optional.empty()));
    scene.checkEqual("stream closed", answer.reason(), "the answer to a stanza over 1 MiB");
    scene.check(
        utility
            .get(Payload.of(Wire.ORDERS, Json.object().put("filter", "mine").put("limit", 1)))
            .ok(),
        "the service goes on for others");
    scene.check(
        watcher.contact("load-60a").filter(load -> load.certainty().reachable()).isPresent(),
        "load-60a is still there");
  }
}
