// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.firmware.CampaignState;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.pki.CertificateAuthority;
import energy.muster.pki.Subject;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.stage.SiteFolder;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Who has one key, or the wrong one, and wants software of their own to run somewhere. */
final class KeysInWrongHands {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration WEEK = Duration.ofDays(7);

  private final FirmwareContest contest;
  private final Workshop workshop;
  private final byte[] own =
      Workshop.program(FirmwareCast.NEWER, Workshop.Health.WELL, FirmwareContest.BYTES);

  KeysInWrongHands(FirmwareContest contest) {
    this.contest = contest;
    this.workshop = contest.workshop;
  }

  /** What the builder's key alone brought to the service, where nobody takes it. */
  Built play() throws Exception {
    wrongKeys();
    oddManifests();
    Built next = builderAlone();
    releaserAlone();
    twoAskedFor();
    return next;
  }

  private void wrongKeys() throws Exception {
    contest.scene.note("Software signed by a key, only not by a builder's.");
    for (String name : List.of("op-1", "load-9", Workshop.INSTALLER, Workshop.RELEASER)) {
      Built foul = workshop.build(name, FirmwareCast.NEWER, 0, own);
      contest.refused(
          "a manifest signed by " + name,
          Reason.NOT_AUTHORISED,
          contest.proven(name).set(FirmwareContest.publishing(foul.sealed())));
    }
    SiteFolder folder = contest.scene.stage().folder();
    SigningIdentity foreign =
        CertificateAuthority.create(folder.site(), InstantSource.system())
            .issue(
                Subject.of(
                    folder.jid(Workshop.BUILDER), Role.FIRMWARE_BUILDER, FirmwareContest.BRANCH))
            .identity();
    Built named = workshop.build(FirmwareCast.NEWER, Workshop.Health.WELL, FirmwareContest.BYTES);
    Sealed forged = Sealer.seal(named.manifest().write(), contest.scene.now(), foreign);
    contest.refused(
        "a manifest signed by a foreign authority's builder-1",
        Reason.UNTRUSTED,
        contest.proven(Workshop.BUILDER).set(FirmwareContest.publishing(forged)));
    contest.refused(
        "an upgrade ordered with an operator's stolen key",
        Reason.NOT_AUTHORISED,
        contest
            .proven("op-1")
            .submit(contest.upgrade(contest.key("op-1"), "load-1", contest.good, 1)));
  }

  private void oddManifests() throws Exception {
    contest.scene.note("An entitled builder signs what no manifest may say.");
    Built sound = workshop.build(FirmwareCast.NEWER, Workshop.Health.WELL, FirmwareContest.BYTES);
    odd(
        "an image of no bytes",
        Reason.INVALID_ARGUMENT,
        sound,
        said -> ((ObjectNode) said.get("image")).put("size", 0));
    odd(
        "64 other parts that it needs",
        Reason.INVALID_ARGUMENT,
        sound,
        said -> {
          ObjectNode needs = said.putObject("needs");
          IntStream.range(0, 64).forEach(i -> needs.put("part-" + i, "1.0.0"));
        });
    odd(
        "a note that clears the reader's terminal",
        Reason.INVALID_ARGUMENT,
        sound,
        said -> said.putArray("notes").add("\u001b[2J\u001b[Hall is well"));
    odd("a field that nobody knows", Reason.MALFORMED, sound, said -> said.put("force", true));
  }

  private void odd(String what, Reason reason, Built sound, Consumer<ObjectNode> change)
      throws Exception {
    ObjectNode said = Json.parse(sound.manifest().write());
    change.accept(said);
    Sealed sealed =
        Sealer.seal(Json.bytes(said), contest.scene.now(), contest.key(Workshop.BUILDER));
    contest.refused(
        "a manifest with " + what,
        reason,
        contest.proven(Workshop.BUILDER).set(FirmwareContest.publishing(sealed)));
  }

  private Built builderAlone() throws Exception {
    contest.scene.note("A builder's stolen key brings its image to the service, and no further.");
    Built foul = workshop.build(Workshop.BUILDER, FirmwareCast.NEWER, 0, own);
    RawClient builder = contest.proven(Workshop.BUILDER);
    contest.taken("its manifest is kept", builder.set(FirmwareContest.publishing(foul.sealed())));
    for (Payload piece : new FirmwareAttacks(foul, own).all()) {
      if (!builder.set(piece).ok()) {
        throw new StoryFailure("a good chunk was not taken");
      }
    }
    contest.refused(
        "the builder's key releases it",
        Reason.NOT_AUTHORISED,
        builder.set(
            FirmwareContest.publishing(workshop.list(Workshop.BUILDER, 2, WEEK, List.of(foul)))));
    contest.refused(
        "the builder's key orders it",
        Reason.NOT_AUTHORISED,
        builder.submit(contest.upgrade(contest.key(Workshop.BUILDER), "load-1", foul, 1)));
    contest.refused(
        "an installer's key orders what nobody released",
        Reason.NOT_RELEASED,
        contest
            .proven(Workshop.INSTALLER)
            .submit(contest.upgrade(contest.key(Workshop.INSTALLER), "load-1", foul, 1)));
    contest.runs("load-1", FirmwareCast.OLD);
    return foul;
  }

  private void releaserAlone() throws Exception {
    contest.scene.note("A releaser's stolen key releases what was never brought.");
    Built never = workshop.build(Workshop.RELEASER, FirmwareCast.NEWER, 0, own);
    contest.refused(
        "a list that names it",
        Reason.PRECONDITION,
        contest
            .proven(Workshop.RELEASER)
            .set(
                FirmwareContest.publishing(
                    workshop.list(Workshop.RELEASER, 2, WEEK, List.of(never)))));
  }

  private void twoAskedFor() throws Exception {
    contest.scene.note("load-3 asks for two releasers by itself, whatever the service takes.");
    Operator person = contest.cast.installer();
    person.refused("upgrade load-3 to 2.4.1", "not-authorised");
    person.told("campaign-failed", WITHIN);
    contest.runs("load-3", FirmwareCast.OLD);
    Sealed one = workshop.list(Workshop.RELEASER, 2, WEEK, List.of(contest.good));
    Sealed both =
        Sealer.seal(
            one.unverified(),
            contest.scene.now(),
            contest.key(Workshop.RELEASER),
            contest.key("releaser-2"));
    contest.taken(
        "both sign the next list",
        contest.proven(Workshop.RELEASER).set(FirmwareContest.publishing(both)));
    person.says("upgrade load-3 to 2.4.1");
    contest.cast.awaitState(person, CampaignState.DONE, WITHIN);
    contest.runs("load-3", FirmwareCast.NEW);
    person.close();
  }
}
