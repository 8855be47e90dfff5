// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.firmware.ImageScan;
import energy.muster.firmware.UpdateState;
import energy.muster.refusal.Reason;
import energy.muster.scan.Scanner;
import energy.muster.scan.Scanner.Verdict;
import energy.muster.scan.ScannerPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from what a scanner says, and from its silence. */
class InspectionTest {
  @TempDir Path folder;
  private final List<Duration> rests = new ArrayList<>();
  private final Control control = new Control((own, time) -> rests.add(time));
  private Path image;

  @BeforeEach
  void anImage() throws IOException {
    image = Files.write(folder.resolve("image"), new byte[1_000]);
  }

  private ImageScan look(ScannerPolicy policy, Scanner scanner) throws Control.Stopped, Broken {
    return new Inspection(policy, scanner).look(image, control);
  }

  private void assertRefused(ScannerPolicy policy, Scanner scanner, String because) {
    assertThatThrownBy(() -> look(policy, scanner))
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              Ending.Declined ending = (Ending.Declined) broken.ending();
              assertThat(ending.refusal().reason()).isEqualTo(Reason.CONTENT_REFUSED);
              assertThat(ending.refusal().text()).contains(because);
              assertThat(ending.state()).isEqualTo(UpdateState.INSTALL_VERIFICATION_FAILED);
            });
  }

  private static Scanner absent() {
    return content -> new Verdict.Unavailable("nobody there");
  }

  @ParameterizedTest
  @EnumSource(
      value = ScannerPolicy.class,
      names = {"REQUIRED", "OPTIONAL"})
  void cleanIsCleanAndFoundIsRefusedWhateverThePolicy(ScannerPolicy policy) throws Exception {
    assertThat(look(policy, content -> new Verdict.Clean())).isEqualTo(ImageScan.CLEAN);
    assertRefused(policy, content -> new Verdict.Found("Evil"), "found Evil");
    assertThat(rests).isEmpty();
  }

  @Test
  void absentIsRefusedWhereAScanIsRequiredAfterItWasLookedForAWhile() {
    assertRefused(ScannerPolicy.REQUIRED, absent(), "not scanned, which this device asks for");
    assertThat(rests).hasSize(4);
    assertThat(rests.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(75));
  }

  @Test
  void absentGoesOnWhereItIsNotRequiredAndIsSaid() throws Exception {
    assertThat(look(ScannerPolicy.OPTIONAL, absent())).isEqualTo(ImageScan.absent("nobody there"));
    assertThat(look(ScannerPolicy.OPTIONAL, Scanner.NONE).note()).isEqualTo("no scanner is set up");
  }

  @Test
  void offIsNotLookedAt() throws Exception {
    Scanner nobodys =
        content -> {
          throw new AssertionError("it was asked");
        };

    assertThat(look(ScannerPolicy.OFF, nobodys)).isEqualTo(ImageScan.OFF);
  }

  @Test
  void aScannerThatComesBackIsAskedAgain() throws Exception {
    int[] asked = {0};
    Scanner starting =
        content -> {
          asked[0]++;
          return asked[0] < 3 ? new Verdict.Unavailable("starting") : new Verdict.Clean();
        };

    assertThat(look(ScannerPolicy.REQUIRED, starting)).isEqualTo(ImageScan.CLEAN);
    assertThat(rests).hasSize(2);
  }

  @Test
  void anUpdateThatIsStoppedMeanwhileGoesNoFurther() {
    Scanner slow =
        content -> {
          control.stop();
          return new Verdict.Clean();
        };

    assertThatThrownBy(() -> look(ScannerPolicy.REQUIRED, slow))
        .isInstanceOf(Control.Stopped.class);
  }
}
