// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.ImageScan;
import energy.muster.firmware.UpdateState;
import energy.muster.fixture.ClamdDouble;
import energy.muster.ied.fixture.Orders;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.scan.Clamd;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An image is looked through on the device before it is installed there. */
final class ScanTest extends UpgradableDevice {
  private Result.Declined declined(Orders order) {
    return (Result.Declined) result(order);
  }

  @Test
  void whatTheScannerFindsIsNotInstalledAndRefusedByItsType() {
    policy = ScannerPolicy.OPTIONAL;
    scanner = content -> new Scanner.Verdict.Found("Test.Virus");
    start();

    Result.Declined said = declined(ordered());
    assertThat(said.refusal().reason()).isEqualTo(Reason.CONTENT_REFUSED);
    assertThat(said.refusal().text()).contains("found Test.Virus");
    awaitState(UpdateState.INSTALL_VERIFICATION_FAILED);
    assertThat(restarts).hasValue(0);
    assertThat(runs()).isEqualTo("2.3.0");
    assertThat(folder.resolve("firmware/download/image")).doesNotExist();
  }

  @Test
  void theWholeImageIsLookedThroughByClamdAndTheReportSaysSo() throws IOException {
    policy = ScannerPolicy.REQUIRED;
    try (ClamdDouble daemon = new ClamdDouble(bytes -> Optional.of("stream: OK\0"))) {
      scanner = new Clamd(Clamd.address(daemon.address()), Duration.ofSeconds(20), 1_000_000);
      start();
      ordered();
      restarted();

      assertThat(daemon.taken()).isEqualTo(service.image());
    }
    assertThat(report().scan()).contains(ImageScan.CLEAN);
  }

  @Test
  void aDeviceThatScansNothingSaysSoAndOfWhatItCameWithSaysNothing() {
    start();
    assertThat(report().scan()).isEmpty();
    ordered();
    restarted();

    assertThat(report().scan()).contains(ImageScan.OFF);
  }
}
