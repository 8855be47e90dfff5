// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.command.Instruction;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Rollout;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.pki.RevocationReason;
import energy.muster.pki.Subject;
import energy.muster.refusal.Reason;
import energy.muster.scenario.Answer;
import energy.muster.scenario.Draft;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.RawElement;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.SiteFolder;
import energy.muster.stage.Workshop;
import energy.muster.stage.Workshop.Built;
import energy.muster.stage.Workshop.Health;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The attacks on updates that The Update Framework and Uptane list, over the wire: each meets its
 * typed refusal, from the service when it is brought and from the device when it is ordered.
 */
public final class RollbackRefused implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration BRIEF = Duration.ofSeconds(2);
  private static final int BYTES = 100_000;
  private static final long FAR = 1_000_000;

  private Scene scene;
  private FirmwareCast cast;
  private Workshop workshop;
  private RawClient builder;
  private RawClient releaser;
  private RawClient installer;
  private Operator person;
  private Built good;

  @Override
  public String name() {
    return "rollback-refused";
  }

  @Override
  public String about() {
    return "Every attack on updates meets its typed refusal, from the service and from the device.";
  }

  @Override
  public void play(Scene where) throws Exception {
    scene = where;
    raise();
    atTheBuilders();
    atTheReleasers();
    atTheDevice();
    stolenKey();
  }

  private void raise() throws Exception {
    DeviceSpec device = Workshop.upgradable(Cast.breaker("sw1", BRANCH), FirmwareCast.OLD);
    DeviceSpec other =
        Cast.breaker("sw2", BRANCH)
            .running(
                Workshop.cameWith("sw2", FirmwareCast.OLD)
                    .put("hardware", Workshop.VENDOR + "/rl-9"));
    scene.stage().enrol(List.of(device, other));
    FirmwareCast.enrol(scene, BRANCH);
    scene.stage().person("releaser-2", Role.FIRMWARE_RELEASER, BRANCH);
    SiteFolder folder = scene.stage().folder();
    folder.enrol(
        Subject.of(folder.jid("both-1"), Role.FIRMWARE_BUILDER, BRANCH)
            .with(Role.FIRMWARE_RELEASER, BRANCH));
    scene.stage().startServer();
    scene.startDevices("two", List.of(device, other));
    cast = new FirmwareCast(scene);
    workshop = cast.workshop();
    good = cast.published(FirmwareCast.NEW, Health.WELL, BYTES);
    person = cast.installer();
    builder = proven(Workshop.BUILDER);
    releaser = proven(Workshop.RELEASER);
  }

  private RawClient proven(String name) throws Exception {
    RawClient client = RawClient.logIn(scene, name);
    SiteFolder folder = scene.stage().folder();
    Answer answer = client.prove(folder.identity(folder.jid(name)), scene.now());
    if (!answer.ok()) {
      throw new StoryFailure(name + " cannot prove its key: " + answer);
    }
    return client;
  }

  private void refused(String what, Reason reason, Answer answer) {
    if (!answer.reason().equals(reason.wire())) {
      throw new StoryFailure(what + " → " + answer + " instead of " + reason);
    }
    scene.transcript().line("   ✓ " + what + " → " + reason + " (service)");
  }

  private static Payload publishing(Sealed sealed) {
    return Payload.of(Wire.FIRMWARE_PUBLISH, sealed);
  }

  /** One bit of what was signed changed after the signature. */
  private static RawElement altered(Sealed sealed, String at) {
    byte[] der = sealed.cms();
    int place = new String(der, StandardCharsets.ISO_8859_1).indexOf(at);
    der[place] ^= 1;
    return RawElement.of(
        Wire.FIRMWARE_PUBLISH,
        Optional.of(Base64.getEncoder().encodeToString(der)),
        Optional.empty());
  }

  private void atTheBuilders() throws Exception {
    scene.note("Software that nobody built, or that is not what its builder signed.");
    byte[] program = Workshop.program(FirmwareCast.NEWER, Health.WELL, BYTES);
    Built alone = workshop.build(Workshop.INSTALLER, FirmwareCast.NEWER, 0, program);
    refused(
        "arbitrary software: a manifest by no builder",
        Reason.NOT_AUTHORISED,
        proven(Workshop.INSTALLER).set(publishing(alone.sealed())));
    Built next = workshop.build(FirmwareCast.NEWER, Health.WELL, BYTES);
    refused(
        "an altered manifest",
        Reason.BAD_SIGNATURE,
        builder.set(builder.service(), altered(next.sealed(), Workshop.MODEL)));
    refused(
        "the same version as another image",
        Reason.ID_CONFLICT,
        builder.set(
            publishing(workshop.build(Workshop.BUILDER, FirmwareCast.NEW, 0, program).sealed())));
    if (!builder.set(publishing(next.sealed())).ok()) {
      throw new StoryFailure("the manifest of 2.4.2 was not taken");
    }
    FirmwareAttacks pieces = new FirmwareAttacks(next, program);
    refused("another list of chunks", Reason.CORRUPT, builder.set(pieces.otherList()));
    if (!builder.set(pieces.list()).ok()) {
      throw new StoryFailure("the list of chunks was not taken");
    }
    refused("an altered chunk", Reason.CORRUPT, builder.set(pieces.alteredChunk()));
    refused("a chunk that is too long", Reason.CORRUPT, builder.set(pieces.longChunk()));
    refused("endless data", Reason.INVALID_ARGUMENT, builder.set(pieces.beyondTheEnd()));
    refused(
        "a release before its image is there",
        Reason.PRECONDITION,
        releaser.set(publishing(workshop.list(Workshop.RELEASER, 2, WEEK, List.of(good, next)))));
    for (Payload piece : pieces.all()) {
      if (!builder.set(piece).ok()) {
        throw new StoryFailure("a good chunk was not taken");
      }
    }
  }

  private void atTheReleasers() throws Exception {
    scene.note("Lists of releases that do not count.");
    refused(
        "rollback: a list with the number of the last",
        Reason.ROLLBACK,
        releaser.set(publishing(workshop.list(Workshop.RELEASER, 1, WEEK, List.of()))));
    refused(
        "an altered list",
        Reason.BAD_SIGNATURE,
        releaser.set(
            releaser.service(),
            altered(workshop.list(Workshop.RELEASER, 2, WEEK, List.of(good)), Workshop.PRODUCT)));
    refused(
        "a list by a builder",
        Reason.NOT_AUTHORISED,
        builder.set(publishing(workshop.list(Workshop.BUILDER, 2, WEEK, List.of(good)))));
    RawClient both = proven("both-1");
    Built own =
        workshop.build(
            "both-1",
            new FirmwareVersion(2, 4, 3),
            0,
            Workshop.program(FirmwareCast.NEW, Health.WELL, BYTES));
    both.set(publishing(own.sealed()));
    for (Payload piece :
        new FirmwareAttacks(own, Workshop.program(FirmwareCast.NEW, Health.WELL, BYTES)).all()) {
      both.set(piece);
    }
    refused(
        "one person who builds and releases",
        Reason.NOT_AUTHORISED,
        both.set(publishing(workshop.list("both-1", 2, WEEK, List.of(own)))));
    Sealed brief = workshop.list(Workshop.RELEASER, 2, BRIEF, List.of(good));
    scene.pause(BRIEF.plusMillis(200));
    refused("freeze: a list that has ended", Reason.STALE, releaser.set(publishing(brief)));
  }

  private void atTheDevice() throws Exception {
    scene.note("Orders for what does not count, or not for this device.");
    Manifest manifest = good.manifest();
    installer = proven(Workshop.INSTALLER);
    // The newest proven session of an account is its session: the console begins anew.
    Orders orders = new Orders();
    refused(
        "arbitrary software: a manifest that stands in no list",
        Reason.NOT_RELEASED,
        installer.submit(orders.upgrade("sw1", FirmwareCast.NEWER, Workshop.PRODUCT, false)));
    refused(
        "mix-and-match: the manifest of another version",
        Reason.INVALID_ARGUMENT,
        installer.submit(orders.upgrade("sw1", FirmwareCast.NEWER, Workshop.PRODUCT, true)));
    Draft order = orders.upgrade("sw1", manifest.version(), manifest.product(), true);
    if (!installer.submit(order).ok()) {
      throw new StoryFailure("a good upgrade was not taken");
    }
    person.close();
    person = cast.installer();
    cast.awaitState(person, CampaignState.DONE, WITHIN);
    installer = proven(Workshop.INSTALLER);
    scene.check(installer.submit(order).ok(), "the same campaign again is answered as before");
    person.close();
    person = cast.installer();
    scene.checkEqual(
        1L,
        person.ordered().stream().filter("upgrade sw1"::equals).count(),
        "the number of upgrades of sw1");
    person.refused("upgrade sw2 to 2.4.1", "wrong-target");
    scene.note("An older version is built and released in the regular way: the device says no.");
    cast.published(new FirmwareVersion(2, 3, 9), Health.WELL, BYTES);
    person.refused("upgrade sw1 to 2.3.9", "rollback");
    person.refused("upgrade sw1 to 2.4.1", "already-there");
  }

  /** What an installer's stolen key could order. */
  private final class Orders {
    Draft upgrade(String device, FirmwareVersion version, String product, boolean released) {
      SiteFolder folder = scene.stage().folder();
      return Draft.of(
          folder.site(),
          folder.identity(folder.jid(Workshop.INSTALLER)),
          new Instruction.Upgrade(
              product,
              version,
              released ? good.digest() : Digest.of(new byte[] {1}),
              1,
              Optional.empty(),
              Rollout.CAREFUL),
          folder.jid(device),
          scene.now());
    }
  }

  /** Fast-forward: what a stolen key counted up to is void once it is revoked. */
  private void stolenKey() throws Exception {
    scene.note("A releaser's key is stolen, and counts the lists far up; then it is revoked.");
    releaser = proven(Workshop.RELEASER);
    if (!releaser.set(publishing(workshop.list(Workshop.RELEASER, FAR, WEEK, List.of()))).ok()) {
      throw new StoryFailure("the thief's list was not taken");
    }
    Sealed honest = workshop.list("releaser-2", 3, WEEK, List.of(good));
    RawClient second = proven("releaser-2");
    refused("fast-forward keeps others out", Reason.ROLLBACK, second.set(publishing(honest)));
    SiteFolder folder = scene.stage().folder();
    folder.pki().revoke(folder.jid(Workshop.RELEASER), RevocationReason.KEY_COMPROMISE);
    scene.await(
        "the revocation reaches the service, which ends that session",
        WITHIN,
        () -> releaser.heard().stream().anyMatch(stanza -> stanza.contains("<required")));
    scene.check(
        second.set(publishing(honest)).ok(), "the next list of another releaser counts again");
    refused(
        "a list under the revoked key",
        Reason.REVOKED,
        second.set(publishing(workshop.list(Workshop.RELEASER, FAR + 1, WEEK, List.of()))));
  }
}
