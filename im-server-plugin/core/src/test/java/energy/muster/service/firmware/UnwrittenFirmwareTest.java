// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.Releases;
import energy.muster.firmware.StoredFirmware;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import energy.muster.seal.Digest;
import energy.muster.service.fixture.Disk;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Firmware that comes while the disk under the journal takes nothing, or is slow. */
final class UnwrittenFirmwareTest {
  @TempDir Path folder;
  private FirmwareSite site;

  @BeforeEach
  void aSite() {
    site =
        new FirmwareSite(
            new RulesDraft().scanner(ScannerPolicy.OPTIONAL).room(2, 1_000_000).rules(),
            folder,
            Scanner.NONE);
  }

  private StoredFirmware stored() {
    return site.depot().firmwares().get(0);
  }

  @Test
  void whatCouldNotBeWrittenDownAsLookedThroughIsLookedThroughAgain() {
    Digest manifest = site.brings(site.manifest());
    site.world.journal.disk(Disk.FULL);
    site.uploads();
    site.world.journal.disk(Disk.WELL);
    Releases list = site.releases(1, manifest);
    assertThat(site.world.refusal(site.release, site.sealed(list.write(), site.releaser)))
        .isEqualTo(Reason.PRECONDITION);

    site.releases(list);

    assertThat(stored().complete()).isTrue();
    assertThat(stored().released()).isTrue();
  }

  private CompletableFuture<Payload> publishes(FullJid person, Payload document) {
    return site.world.service().request(person, true, document).toCompletableFuture();
  }

  @Test
  void whatIsPublishedAgainWhileItIsWrittenIsNotAnsweredBeforeItIsOnDisk() {
    Payload manifest = site.sealed(site.manifest().write(), site.builder);
    site.world.journal.hold();
    site.world.journal.disk(Disk.FULL);
    CompletableFuture<Payload> first = publishes(site.build, manifest);
    CompletableFuture<Payload> again = publishes(site.build, manifest);
    site.world.journal.disk(Disk.WELL);
    assertThat(again).isNotDone();

    site.world.journal.sync();

    assertThat(first).isCompletedExceptionally();
    assertThat(again).isCompletedExceptionally();
    assertThat(site.depot().firmwares()).isEmpty();
  }

  @Test
  void aListOfReleasesThatIsBroughtAgainWhileItIsWrittenIsNotInForceBeforeItIsOnDisk() {
    Digest manifest = site.brings(site.manifest());
    site.uploads();
    Payload list = site.sealed(site.releases(1, manifest).write(), site.releaser);
    site.world.journal.hold();
    CompletableFuture<Payload> first = publishes(site.release, list);
    CompletableFuture<Payload> again = publishes(site.release, list);
    assertThat(again).isNotDone();
    assertThat(stored().released()).isFalse();

    site.world.journal.sync();

    assertThat(first).isCompleted();
    assertThat(again).isCompleted();
    assertThat(stored().released()).isTrue();
    assertThat(site.world.journal.entries(Entry.ReleasesFiled.class)).hasSize(1);
  }
}
