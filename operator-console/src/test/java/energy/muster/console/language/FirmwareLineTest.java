// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.Share;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines about firmware and about how a fleet is brought to it. */
final class FirmwareLineTest {
  private static FirmwareLine.Upgrade upgrade(String line) {
    return (FirmwareLine.Upgrade) LineReader.read(line);
  }

  @Test
  void anUpgradeIsCarefulUnlessItSaysOtherwise() {
    FirmwareLine.Upgrade line = upgrade("upgrade relays to 2.4.1");
    assertThat(line.version()).isEqualTo(new FirmwareVersion(2, 4, 1));
    assertThat(line.rollout()).isEqualTo(Rollout.CAREFUL);
    assertThat(line.until()).isEmpty();
    assertThat(line.product()).isEmpty();
  }

  @Test
  void everythingAboutARolloutCanBeSaid() {
    FirmwareLine.Upgrade line =
        upgrade(
            "upgrade relays on branch 60 that are on except sw3 to 2.4.1 of relay-fw in waves of 1,"
                + " 10 %, 50% go on at 90 % stop at 2 failures at most 2 of a group away from"
                + " https://files.example/fw until 2026-12-01T06:00Z because it mends a weakness");
    assertThat(line.product()).contains("relay-fw");
    assertThat(line.rollout())
        .isEqualTo(
            new Rollout(
                List.of(new Share(1, false), new Share(10, true), new Share(50, true)),
                90,
                new Share(2, false),
                2));
    assertThat(line.source()).contains(URI.create("https://files.example/fw"));
    assertThat(line.until()).isPresent();
    assertThat(line.reason()).contains("it mends a weakness");
    assertThat(line.targets().words()).isEqualTo("relays on branch-60 that are on except sw3");
  }

  @Test
  void aShareOfFailuresStopsItToo() {
    assertThat(upgrade("upgrade sw1 and sw2 to 2.4.1 stop at 5 %").rollout().stop())
        .isEqualTo(new Share(5, true));
  }

  @Test
  void itMayWaitForWeeks() {
    assertThat(upgrade("upgrade sw1 to 2.4.1 within 30 d").until())
        .contains(new Moment.After(Duration.ofDays(30)));
  }

  @ParameterizedTest
  @CsvSource({"after 30 min, PT30M", "after 5 s, PT5S", "nobody, PT2160H"})
  void whoeverStaysAwayIsPassedOverWhenTheLineSaysSo(String when, Duration patience) {
    assertThat(upgrade("upgrade relays to 2.4.1 pass over " + when).rollout().patience())
        .contains(patience);
  }

  @Test
  void wavesMayNameTheirRest() {
    assertThat(upgrade("upgrade relays to 2.4.1 in waves of 1, 5 then the rest").rollout().waves())
        .containsExactly(new Share(1, false), new Share(5, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "upgrade | expected a device",
        "upgrade relays | expected to and a version",
        "upgrade relays to | expected a version such as 2.4.1",
        "upgrade relays to 2.4 | expected a version such as 2.4.1, not",
        "upgrade relays to 2.4.1 in waves | expected of and how many",
        "upgrade relays to 2.4.1 in waves of some | expected 1 or 10 %, not",
        "upgrade relays to 2.4.1 go on at 90 | a wave goes on at a share of it",
        "upgrade relays to 2.4.1 stop at 101 % | a share is",
        "upgrade relays to 2.4.1 at most 50 % of a group away | say how many",
        "upgrade relays to 2.4.1 pass sw3 | expected over, as in pass over",
        "upgrade relays to 2.4.1 pass over 10 min | expected after and how long",
        "upgrade relays to 2.4.1 pass over after 10 | expected the unit",
        "upgrade relays to 2.4.1 pass over after 91 d | passed over after 1 s to 90 d",
        "upgrade relays to 2.4.1 from ftp://x/y | begins with https://",
        "upgrade relays to 2.4.1 untill 18:00 | did you mean 'until'",
        "upgrade relays to 2.4.1 of a of b | is said twice",
        "pause 7QK2XA because x | expected campaign and its id",
        "pause campaign 7QK2XA | expected because and why",
        "publish firmware image.bin | expected with and its manifest",
        "publish firmwares image.bin | expected tariff, prices, firmware, releases",
        "who needs relays | expected a version",
        "campaign | expected a campaign's id",
      })
  void aMistakeIsHintedAt(String line, String hint) {
    assertThatThrownBy(() -> LineReader.read(line))
        .isInstanceOf(Hint.class)
        .hasMessageContaining(hint);
  }

  @Test
  void anImageIsPublishedWithItsManifest() {
    var line =
        (FirmwareLine.PublishImage) LineReader.read("publish firmware relay.bin with relay.cms");
    assertThat(line.image()).isEqualTo(new Line.Target("relay.bin", 17));
    assertThat(line.manifest().text()).isEqualTo("relay.cms");
    assertThat(LineReader.read("publish releases releases-3.cms"))
        .isEqualTo(new FirmwareLine.PublishReleases(new Line.Target("releases-3.cms", 17)));
  }

  @Test
  void aCampaignIsPausedResumedAbortedAndApproved() {
    var pause =
        (FirmwareLine.Act) LineReader.read("pause campaign 7QK2XA because the night shift decides");
    assertThat(pause.kind()).isEqualTo(CampaignAct.Kind.PAUSE);
    assertThat(pause.reason()).isEqualTo("the night shift decides");
    assertThat(((FirmwareLine.Act) LineReader.read("resume campaign a because b")).kind())
        .isEqualTo(CampaignAct.Kind.RESUME);
    assertThat(LineReader.read("approve campaign 7QK2XA")).isInstanceOf(FirmwareLine.Approve.class);
    var abort = (Line.Cancel) LineReader.read("abort campaign 7QK2XA because wrong image");
    assertThat(abort.reason()).contains("wrong image");
    assertThat(abort.order().text()).isEqualTo("7qk2xa");
  }

  @Test
  void anInventoryIsOfAllOfSomeAndOfWhoNeedsAVersion() {
    assertThat(LineReader.read("inventory"))
        .isEqualTo(new FirmwareLine.Runs(Optional.empty(), Optional.empty(), Optional.empty()));
    var some = (FirmwareLine.Runs) LineReader.read("inventory relays on branch 60 to fleet.csv");
    assertThat(some.devices().orElseThrow().words()).isEqualTo("relays on branch-60");
    assertThat(some.file().orElseThrow().text()).isEqualTo("fleet.csv");
    var needs = (FirmwareLine.Runs) LineReader.read("who needs 2.4.1 to behind.json");
    assertThat(needs.needs()).contains(new FirmwareVersion(2, 4, 1));
  }

  @Test
  void everyWordIsHelpedWith() {
    for (String topic :
        List.of("upgrade", "campaign", "pause", "resume", "abort", "approve", "inventory")) {
      assertThat(Help.on(Optional.of(topic))).doesNotContain("no help on");
    }
  }
}
