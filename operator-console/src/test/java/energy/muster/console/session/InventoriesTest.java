// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.ImageScan;
import energy.muster.firmware.Installed;
import energy.muster.firmware.InventoryEntry;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs where, on the screen and in files. */
final class InventoriesTest extends Sitting {
  private static final FirmwareVersion OLD = new FirmwareVersion(2, 4, 0);
  private static final FirmwareVersion NEW = new FirmwareVersion(2, 4, 1);

  @TempDir Path folder;

  @BeforeEach
  void threeDevices() {
    service.firmware.releases = 7;
    service.firmware.inventory.addAll(
        List.of(
            entry("load-48", OLD, Optional.of(NEW), InventoryEntry.Standing.BEHIND),
            entry("load-50a", NEW, Optional.of(NEW), InventoryEntry.Standing.CURRENT),
            entry("sw3", OLD, Optional.empty(), InventoryEntry.Standing.UNRELEASED)));
  }

  private InventoryEntry entry(
      String device,
      FirmwareVersion runs,
      Optional<FirmwareVersion> newest,
      InventoryEntry.Standing standing) {
    return new InventoryEntry(
        TestPki.jid(device),
        new Installed(new Hardware("northco", "rl-7"), "relay", runs, 2, 41, new TreeMap<>()),
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.of(ImageScan.CLEAN),
        7,
        newest,
        standing);
  }

  private List<String> shown() {
    return one(FirmwareEvent.InventoryShown.class).devices().stream()
        .map(InventoryEntry::device)
        .map(BareJid::local)
        .toList();
  }

  @Test
  void allPagesAreFetched() throws Exception {
    service.firmware.page = 1;

    assertThat(session.run("inventory").ok()).isTrue();
    assertThat(shown()).containsExactly("load-48", "load-50a", "sw3");
    assertThat(one(FirmwareEvent.InventoryShown.class).unreported()).isEqualTo(1);
  }

  @Test
  void someAreDescribedAsAnywhere() throws Exception {
    session.run("inventory loads on branch 60");
    assertThat(shown()).containsExactly("load-48", "load-50a");
  }

  @Test
  void whoNeedsAVersionIsWhoRunsALowerOneAndMayGoThere() throws Exception {
    session.run("who needs 2.4.1");
    assertThat(shown()).containsExactly("load-48");
  }

  @Test
  void nobodyNeedsWhatNobodyMayGoTo() throws Exception {
    session.run("who needs 2.5.0");
    assertThat(shown()).isEmpty();
  }

  @Test
  void itIsWrittenForOtherPrograms() throws Exception {
    Path csv = folder.resolve("fleet.csv");
    Path json = folder.resolve("fleet.json");

    assertThat(session.run("inventory to " + csv).ok()).isTrue();
    assertThat(session.run("who needs 2.4.1 to " + json).ok()).isTrue();
    assertThat(Files.readAllLines(csv))
        .hasSize(4)
        .first()
        .asString()
        .startsWith("device,hardware,product,version,standing,newest");
    assertThat(Files.readString(csv))
        .contains("load-48@grid.example,northco/rl-7,relay,2.4.0,behind,2.4.1,2,41,")
        .contains(",,,clean\r\n");
    assertThat(Files.readString(json)).contains("load-48@grid.example").doesNotContain("sw3");
  }

  @Test
  void aFileOfNoKnownFormIsAskedBack() throws Exception {
    assertThat(session.run("inventory to " + folder.resolve("fleet.xls")).ok()).isFalse();
    assertThat(one(Event.Mistaken.class).hint().text())
        .isEqualTo("name a file that ends in .csv or .json");
  }

  @Test
  void aFileThatCannotBeWrittenIsSaid() throws Exception {
    assertThat(session.run("inventory to " + folder.resolve("none/fleet.csv")).ok()).isFalse();
    assertThat(one(Event.Mistaken.class).hint().text()).startsWith("cannot write ");
  }
}
