// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.console.session.Event;
import energy.muster.console.session.FirmwareEvent;
import energy.muster.document.DocumentId;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignMember.State;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.Depot;
import energy.muster.firmware.DeviceFirmware;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.Image;
import energy.muster.firmware.ImageScan;
import energy.muster.firmware.Installed;
import energy.muster.firmware.InventoryEntry;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import energy.muster.firmware.StoredFirmware;
import energy.muster.firmware.UpdateProgress;
import energy.muster.firmware.UpdateState;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.seal.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a person sees of firmware, line by line. */
final class FirmwareLinesTest {
  private static final Instant AT = Instant.parse("2026-06-01T12:03:22Z");
  private static final Instant UNTIL = Instant.parse("2026-06-15T12:00:00Z");
  private static final DocumentId ORDER = new DocumentId("01KAJ3Q4Z8M2V7X9B5N6T1R0CD");
  private static final FirmwareVersion VERSION = new FirmwareVersion(2, 4, 1);
  private static final Digest DIGEST = Digest.of(new byte[0]);

  private final List<String> shown = new ArrayList<>();
  private final List<List<String>> boards = new ArrayList<>();
  private String status = "";

  private final class Recording implements Screen {
    private final boolean draws;
    private int columns = 80;
    private int rows = 24;

    Recording(boolean draws) {
      this.draws = draws;
    }

    @Override
    public void print(String text) {
      shown.add(text);
    }

    @Override
    public void status(String text) {
      status = text;
    }

    @Override
    public int columns() {
      return columns;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public boolean board(List<String> lines) {
      boards.add(lines);
      return draws;
    }
  }

  private List<String> say(Event event) {
    new TextFace(Paint.PLAIN, ZoneOffset.UTC, new Recording(false)).show(event);
    return shown;
  }

  private static BareJid jid(String name) {
    return TestPki.jid(name);
  }

  private static CampaignMember member(
      String name, int wave, State state, String text, Optional<UpdateProgress> progress) {
    return new CampaignMember(jid(name), wave, state, AT, text, progress);
  }

  private static Campaign campaign(CampaignState state) {
    return new Campaign(
        ORDER,
        jid("inst-1"),
        "relay-fw",
        VERSION,
        state,
        "wave 2 of 3",
        2,
        List.of(1, 2, 1),
        UNTIL,
        Map.of(State.SUCCEEDED, 1, State.BEGUN, 1, State.FAILED, 1, State.WAITING, 1),
        List.of(
            member("sw1", 1, State.SUCCEEDED, "runs relay-fw 2.4.1", Optional.empty()),
            member(
                "sw2",
                2,
                State.BEGUN,
                "",
                Optional.of(new UpdateProgress(VERSION, UpdateState.DOWNLOADING, 45))),
            member("sw3", 2, State.FAILED, "self-test failed", Optional.empty()),
            member(
                "sw4",
                3,
                State.WAITING,
                "held: sw3 of branch-60 is being upgraded",
                Optional.empty())));
  }

  @Test
  void aCampaignIsShownWithABarForEachWaveAndDevice() {
    assertThat(say(new FirmwareEvent.CampaignShown(AT, campaign(CampaignState.RUNNING), false)))
        .containsExactly(
            "campaign "
                + ORDER.brief()
                + "  relay-fw 2.4.1  running: wave 2 of 3, 13 d left, until 2026-06-15 12:00:00",
            "  all       [#######.............]  35 %  1 of 4 run it, 1 failed, 1 begun, 1 waiting",
            "  wave 1    [####################] 100 %  1 of 1",
            "  wave 2    [####................]  20 %  0 of 2",
            "  wave 3    [....................]   0 %  0 of 1",
            "  sw1       [####################] 100 %  succeeded  12:03:22  runs relay-fw 2.4.1",
            "  sw2       [########............]  40 %  begun      12:03:22  downloading",
            "  sw3                                     failed     12:03:22  self-test failed",
            "  sw4                                     waits:     12:03:22  sw3 of branch-60 is being"
                + " upgraded");
  }

  private List<String> live(Campaign campaign, Instant now, int columns, int rows) {
    Recording screen = new Recording(true);
    screen.columns = columns;
    screen.rows = rows;
    new TextFace(Paint.PLAIN, ZoneOffset.UTC, screen)
        .show(new FirmwareEvent.CampaignShown(now, campaign, true));
    assertThat(shown).isEmpty();
    return boards.get(boards.size() - 1);
  }

  @Test
  void aLiveBoardHasWhatGoesWrongFirstThenWhatHappensAndWhatIsWaitedFor() {
    List<String> board = live(campaign(CampaignState.RUNNING), AT, 120, 40);
    assertThat(board.subList(5, board.size()))
        .extracting(line -> line.strip().replaceFirst(" .*", ""))
        .containsExactly("sw3", "sw2", "sw4", "and");
    assertThat(board)
        .last()
        .asString()
        .isEqualTo("  and 1 more; Ctrl-C leaves the board, not the campaign");
  }

  @Test
  void whoWaitsForALaterWaveIsOnlyCounted() {
    Campaign campaign = waiting("held: wave 3 of 3: after wave 2");
    assertThat(live(campaign, AT, 120, 40)).noneMatch(line -> line.startsWith("  sw4"));
  }

  private static Campaign waiting(String why) {
    return new Campaign(
        ORDER,
        jid("inst-1"),
        "relay-fw",
        VERSION,
        CampaignState.RUNNING,
        "wave 1 of 1",
        1,
        List.of(1),
        UNTIL,
        Map.of(State.WAITING, 1),
        List.of(member("sw4", 1, State.WAITING, why, Optional.empty())));
  }

  @Test
  void onANarrowTerminalBarsAreShortAndTimesAreLeftOut() {
    assertThat(live(campaign(CampaignState.RUNNING), AT, 60, 24))
        .contains(
            "  all       [###.......]  35 %  1 of 4, 1 failed, 1 begun, 1 waiting",
            "  sw2       [####......]  40 %  downloading",
            "  sw4       waits: sw3 of branch-60 is being upgraded")
        .noneMatch(line -> line.contains("until"))
        .first()
        .asString()
        .isEqualTo(ORDER.brief() + "  relay-fw 2.4.1  running: wave 2 of 3, 13 d left");
  }

  @Test
  void onALowTerminalNoMoreIsDrawnThanFits() {
    assertThat(live(campaign(CampaignState.RUNNING), AT, 100, 10))
        .hasSize(7)
        .last()
        .asString()
        .startsWith("  and 3 more");
  }

  @Test
  void howLongTheBytesStillTakeIsSaidOnceItCanBeKnown() {
    assertThat(live(campaign(CampaignState.RUNNING), AT.plusSeconds(45), 100, 40))
        .anyMatch(line -> line.endsWith("downloading, about 55 s left"));
  }

  @Test
  void howFarADownloadIsIsNoNewsEachTimeButWhatElseChangesIs() {
    TextFace face = new TextFace(Paint.PLAIN, ZoneOffset.UTC, new Recording(false));
    face.show(changed(Position.CLOSED, UpdateState.DOWNLOADING, 10));
    face.show(changed(Position.CLOSED, UpdateState.DOWNLOADING, 20));
    face.show(changed(Position.OPEN, UpdateState.DOWNLOADING, 30));
    face.show(changed(Position.OPEN, UpdateState.DOWNLOADED, 100));

    assertThat(shown)
        .extracting(line -> line.replaceFirst(".* is ", ""))
        .containsExactly(
            "CLOSED, 2.4.1 downloading, 10 %",
            "OPEN, 2.4.1 downloading, 30 %", "OPEN, 2.4.1 downloaded, being checked");
  }

  private static Event changed(Position position, UpdateState state, int percent) {
    DevicePresence word =
        new DevicePresence(
                1,
                DeviceKind.BREAKER,
                Operating.NONE,
                Optional.of(
                    new Restriction(
                        RestrictionReason.UPGRADING,
                        Set.of(Verb.READ),
                        Optional.empty(),
                        Optional.empty(),
                        new UpdateProgress(VERSION, state, percent).toString(),
                        Optional.empty(),
                        Optional.empty())),
                Optional.of(position),
                Map.of(),
                List.of(),
                Duration.ofMinutes(1))
            .running(
                Optional.of(
                    new DeviceFirmware(
                        "relay-fw",
                        new FirmwareVersion(2, 4, 0),
                        3,
                        Optional.of(new UpdateProgress(VERSION, state, percent)))));
    return new Event.Changed(
        AT,
        new Contact(jid("sw2"), Set.of(), Optional.of(word), Certainty.REAL, AT, Optional.empty()));
  }

  @Test
  void timesOfTheServiceAreLocalTimes() {
    Campaign campaign = waiting("held: maintenance, until 2026-06-01T23:59:00Z");
    assertThat(live(campaign, AT, 100, 40))
        .anyMatch(line -> line.endsWith("waits:     12:03:22  maintenance, until 23:59:00"));
  }

  @Test
  void anUpgradeThatPassesSomebodyOverOrNobodySaysSo() {
    assertThat(rollout(Optional.of(Duration.ofMinutes(5))))
        .endsWith("at most 1 of a group away, passes over whoever is away for 5 min");
    assertThat(rollout(Optional.of(Rollout.NOBODY))).endsWith(", passes over nobody");
  }

  private String rollout(Optional<Duration> patience) {
    Rollout rollout = new Rollout(List.of(), 100, new Share(1, false), 1, patience);
    Instruction.Upgrade upgrade =
        new Instruction.Upgrade("relay-fw", VERSION, DIGEST, 12, Optional.empty(), rollout);
    List<String> lines =
        say(
            new FirmwareEvent.UpgradePlanned(
                AT, Optional.empty(), upgrade, List.of(List.of(jid("sw1"))), UNTIL, List.of()));
    return lines.get(lines.size() - 1);
  }

  @Test
  void whereNothingCanBeDrawnInPlaceALiveBoardIsALine() {
    assertThat(say(new FirmwareEvent.CampaignShown(AT, campaign(CampaignState.RUNNING), true)))
        .containsExactly(
            ORDER.brief()
                + "  relay-fw 2.4.1          running, 1 waiting, 1 begun, 1 succeeded, 1 failed,"
                + " until 2026-06-15 12:00:00");
  }

  @Test
  void anUpgradeIsShownWithItsWavesBeforeItIsSigned() {
    Instruction.Upgrade upgrade =
        new Instruction.Upgrade("relay-fw", VERSION, DIGEST, 12, Optional.empty(), Rollout.CAREFUL);
    assertThat(
            say(
                new FirmwareEvent.UpgradePlanned(
                    AT,
                    Optional.empty(),
                    upgrade,
                    List.of(List.of(jid("sw1")), List.of(jid("sw2"), jid("sw3"))),
                    UNTIL,
                    List.of("mends the clock"))))
        .containsExactly(
            "12:03:22 upgrade to relay-fw 2.4.1, 3 devices, until 2026-06-15 12:00:00",
            "         wave 1: sw1",
            "         wave 2: sw2, sw3",
            "         goes on at 100 % of a wave, stops at 1 failure, at most 1 of a group away",
            "         mends the clock");
  }

  @Test
  void theDepotSaysWhatIsReleasedWhatIsThereAndWhetherItWasScanned() {
    StoredFirmware stored =
        new StoredFirmware(
            DIGEST,
            "relay-fw",
            VERSION,
            new Image(10_485_760, DIGEST, 32_768, DIGEST),
            true,
            true,
            311,
            List.of(new StoredFirmware.Run(7, 15)),
            false,
            "not scanned");
    assertThat(
            say(
                new FirmwareEvent.DepotShown(
                    AT, new Depot(12, Optional.of(UNTIL), "optional", List.of(stored)))))
        .containsExactly(
            "list of releases 12, good until 2026-06-15 12:00:00",
            "relay-fw 2.4.1          released     311 of 320 chunks, 10.4 MB, not scanned",
            "1 firmware; scanner optional");
  }

  @Test
  void anUploadIsABarUntilItIsOver() {
    assertThat(say(new FirmwareEvent.Uploaded(AT, "relay-fw 2.4.1", 160, 320))).isEmpty();
    assertThat(status).isEqualTo("relay-fw 2.4.1  [##########..........] 160 of 320 chunks");
    assertThat(say(new FirmwareEvent.Uploaded(AT, "relay-fw 2.4.1", 320, 320)))
        .containsExactly("12:03:22 relay-fw 2.4.1  [####################] 320 of 320 chunks");
    assertThat(status).isEmpty();
  }

  @Test
  void anInventorySaysWhoIsBehind() {
    InventoryEntry entry =
        new InventoryEntry(
            jid("sw2"),
            new Installed(
                new Hardware("northco", "rl-7"),
                "relay-fw",
                new FirmwareVersion(2, 4, 0),
                3,
                41,
                new TreeMap<>()),
            AT,
            Optional.empty(),
            Optional.empty(),
            Optional.of(ImageScan.absent("the scanner cannot be asked: \u001b[31mno")),
            11,
            Optional.of(VERSION),
            InventoryEntry.Standing.BEHIND);
    assertThat(say(new FirmwareEvent.InventoryShown(AT, 12, List.of(entry), 2, Optional.empty())))
        .containsExactly(
            "sw2       relay-fw 2.4.0          behind, needs 2.4.1, northco/rl-7, start 41,"
                + " said 12:03:22, not scanned on the device: the scanner cannot be asked: "
                + Speech.clean("\u001b[31mno"),
            "1 device; 2 have never said what they run");
  }

  @Test
  void programsGetTheSameAsJson() {
    List<String> out = new ArrayList<>();
    new JsonFace(out::add)
        .show(new FirmwareEvent.CampaignShown(AT, campaign(CampaignState.DONE), false));
    assertThat(out.get(0))
        .startsWith("{\"event\":\"campaign-shown\",\"at\":\"2026-06-01T12:03:22Z\",\"campaign\":{")
        .endsWith(",\"live\":false}");
  }
}
