// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Depot;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.Image;
import energy.muster.firmware.ImageScan;
import energy.muster.firmware.Installed;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Release;
import energy.muster.firmware.Releases;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.UploadPiece;
import energy.muster.firmware.UploadPiece.Part;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.scan.Scanner;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A site with those who make, release and order a firmware, and the relays that get it. */
final class FirmwareSite {
  static final FirmwareVersion OLD = new FirmwareVersion(2, 4, 0);
  static final FirmwareVersion NEW = new FirmwareVersion(2, 4, 1);
  static final String PRODUCT = "relay-fw";
  private static final Hardware HARDWARE = new Hardware("northco", "rl-7");
  private static final int CHUNK = 4 * 1024;

  final World world;
  final SigningIdentity builder;
  final SigningIdentity releaser;
  final SigningIdentity installer;
  final SigningIdentity second;
  final Map<String, SigningIdentity> keys = new LinkedHashMap<>();
  final Map<String, FullJid> sessions = new LinkedHashMap<>();
  final byte[] image = new byte[3 * CHUNK + 100];
  final ChunkList list;
  Manifest brought;
  FullJid build;
  FullJid release;
  FullJid install;
  FullJid approve;
  private final Map<String, Long> boots = new LinkedHashMap<>();

  FirmwareSite(FirmwareRules rules, Path folder, Scanner scanner) {
    world = new World(rules, folder, scanner);
    builder = world.pki.identity("bld-1", Role.FIRMWARE_BUILDER, "*");
    releaser = world.pki.identity("rel-1", Role.FIRMWARE_RELEASER, "*");
    installer = world.pki.identity("inst-1", Role.INSTALLER, "*");
    second = world.pki.identity("inst-2", Role.INSTALLER, "*");
    Arrays.fill(image, (byte) 7);
    image[5] = 1;
    try {
      list = ChunkList.of(new ByteArrayInputStream(image), CHUNK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    arrive();
  }

  void arrive() {
    arriveWithoutSecond();
    approve = world.prove(second, "c");
  }

  void arriveWithoutSecond() {
    build = world.prove(builder, "c");
    release = world.prove(releaser, "c");
    install = world.prove(installer, "c");
    keys.keySet().forEach(this::comes);
  }

  /** Relays that are there and have said that they run the old version. */
  FirmwareSite with(String... relays) {
    return in("branch-60", relays);
  }

  /** As above, in this branch. */
  FirmwareSite in(String branch, String... relays) {
    for (String relay : relays) {
      keys.put(relay, world.pki.device(relay, branch));
      boots.put(relay, 41L);
      comes(relay);
      reports(relay, OLD, Optional.empty(), Optional.empty());
    }
    return this;
  }

  void comes(String relay) {
    sessions.put(relay, world.prove(keys.get(relay), "k1"));
    says(relay, DeviceKind.BREAKER, Operating.NONE);
  }

  void says(String relay, DeviceKind kind, Operating operating) {
    DevicePresence word =
        new DevicePresence(
            1,
            kind,
            operating,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of(),
            Duration.ofHours(24));
    world
        .service()
        .presence(
            sessions.get(relay),
            true,
            Show.AVAILABLE,
            "",
            Optional.of(Payload.of(Wire.DEVICE, word.write())));
  }

  void goes(String relay) {
    world.cut(sessions.remove(relay));
  }

  Manifest manifest() {
    return manifest(builder, list.image());
  }

  /** Another image than the good one. */
  Image other() {
    return new Image(
        list.image().size(), Digest.of(new byte[] {1}), CHUNK, Digest.of(new byte[] {2}));
  }

  Manifest manifest(SigningIdentity by, Image of) {
    return new Manifest(
        world.header(DocumentType.FIRMWARE_MANIFEST, by.certified().jid()),
        PRODUCT,
        NEW,
        3,
        "northco",
        List.of("rl-7"),
        of,
        Optional.empty(),
        new TreeMap<>(),
        world.clock.in(Duration.ofDays(60)),
        List.of("Trips sooner"));
  }

  Payload sealed(byte[] content, SigningIdentity... signers) {
    return Payload.of(Wire.FIRMWARE_PUBLISH, Sealer.seal(content, signers));
  }

  /** Publishes the manifest. */
  Digest brings(Manifest manifest) {
    brought = manifest;
    world.set(build, sealed(manifest.write(), builder));
    return Digest.of(manifest.write());
  }

  Payload piece(Part part, int index, byte[] bytes) {
    return Payload.of(
        Wire.FIRMWARE_PIECE, new UploadPiece(list.image().digest(), part, index, bytes).write());
  }

  byte[] chunk(int index) {
    return Arrays.copyOfRange(image, index * CHUNK, index * CHUNK + list.image().length(index));
  }

  void uploadsList() {
    world.set(build, piece(Part.LIST, 0, list.bytes()));
  }

  void uploads() {
    uploadsList();
    for (int index = 0; index < list.image().chunks(); index++) {
      world.set(build, piece(Part.IMAGE, index, chunk(index)));
    }
  }

  Releases releases(long number, Digest... manifests) {
    return releases(number, Duration.ofDays(7), manifests);
  }

  Releases releases(long number, Duration life, Digest... manifests) {
    return new Releases(
        world.header(DocumentType.FIRMWARE_RELEASES, releaser.certified().jid()),
        number,
        world.clock.in(life),
        Arrays.stream(manifests).map(each -> new Release(PRODUCT, NEW, each)).toList());
  }

  void releases(Releases list) {
    world.set(release, sealed(list.write(), releaser));
  }

  /** All of it, up to a list of releases. */
  Digest published() {
    Digest manifest = brings(manifest());
    uploads();
    releases(releases(1, manifest));
    return manifest;
  }

  Depot depot() {
    return Depot.read(world.get(build, Payload.empty(Wire.FIRMWARE_DEPOT)).requireLargeJson());
  }

  Draft upgrade(Digest manifest, Rollout rollout, String... relays) {
    return world
        .draft(installer, Verb.SHED, relays)
        .but(
            order ->
                order
                    .instruction(
                        new Instruction.Upgrade(
                            PRODUCT, NEW, manifest, 1, Optional.empty(), rollout))
                    .deliverBy(world.clock.in(Duration.ofDays(2)))
                    .executeBy(world.clock.in(Duration.ofDays(2).plusHours(1))));
  }

  Draft submits(Draft order) {
    world.set(install, order.submit());
    return order;
  }

  /** It has got the order. */
  boolean got(String relay) {
    return sessions.containsKey(relay)
        && !world.network.to(sessions.get(relay), Wire.DELIVER).isEmpty();
  }

  /** It starts on the new version, says so, and signs that it is done. */
  void succeeds(String relay, Draft order, Digest manifest) {
    boots.merge(relay, 1L, Long::sum);
    reports(relay, NEW, Optional.of(manifest), Optional.of(order.id()));
    concludes(relay, order, new Result.Executed("runs 2.4.1", Optional.empty()));
  }

  void fails(String relay, Draft order) {
    concludes(
        relay,
        order,
        new Result.Failed(new Refusal(Reason.SELF_TEST_FAILED, "the old one runs again")));
  }

  void concludes(String relay, Draft order, Result result) {
    world.set(sessions.get(relay), world.outcome(keys.get(relay), order, result));
  }

  void reports(
      String relay,
      FirmwareVersion version,
      Optional<Digest> manifest,
      Optional<DocumentId> order) {
    FirmwareReport report =
        new FirmwareReport(
            world.header(DocumentType.FIRMWARE_REPORT, World.jid(relay)),
            new Installed(HARDWARE, PRODUCT, version, 2, boots.get(relay), new TreeMap<>()),
            manifest,
            order,
            manifest.map(any -> ImageScan.absent("clamd is not there")),
            0);
    world.set(
        sessions.get(relay),
        Payload.of(Wire.FIRMWARE_REPORT, Sealer.seal(report.write(), keys.get(relay))));
  }

  Campaign board(Draft order) {
    Payload asked = Payload.of(Wire.CAMPAIGNS, Json.object().put("id", order.id().text()));
    return Campaign.readAll(world.get(install, asked).requireLargeJson()).get(0);
  }

  CampaignMember member(Draft order, String relay) {
    BareJid device = World.jid(relay);
    return board(order).members().stream()
        .filter(each -> each.device().equals(device))
        .findFirst()
        .orElseThrow();
  }

  void acts(Draft order, CampaignAct.Kind kind, String reason) {
    CampaignAct act =
        new CampaignAct(
            world.header(DocumentType.CAMPAIGN_ACT, installer.certified().jid()),
            order.id(),
            kind,
            reason);
    world.set(install, Payload.of(Wire.CAMPAIGN_ACT, Sealer.seal(act.write(), installer)));
  }

  /** Why it is refused. */
  static Reason refused(Supplier<?> what) {
    try {
      var unused = what.get();
    } catch (Refused no) {
      return no.refusal().reason();
    }
    throw new AssertionError("it was not refused");
  }
}
