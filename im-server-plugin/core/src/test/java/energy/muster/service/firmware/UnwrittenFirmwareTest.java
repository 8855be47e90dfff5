// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.Releases;
import energy.muster.firmware.StoredFirmware;
import energy.muster.refusal.Reason;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import energy.muster.seal.Digest;
import energy.muster.service.fixture.Disk;
import java.nio.file.Path;
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
}
