// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareVersionTest {
  @ParameterizedTest
  @CsvSource({"2.4.1, 2.4.0", "2.10.0, 2.9.9", "10.0.0, 9.99.99", "0.0.1, 0.0.0"})
  void theFirstNumberThatDiffersDecides(String higher, String lower) {
    assertThat(FirmwareVersion.parse(higher)).isGreaterThan(FirmwareVersion.parse(lower));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "2.4", "2.4.1.0", "02.4.1", "2.4.1 ", "2.4.-1", "1000000.0.0"})
  void whatIsNotThreeNumbersIsNoVersion(String text) {
    assertThatThrownBy(() -> FirmwareVersion.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"northwind", "/r-30", "northwind/", "a/b/c", "north wind/r-30"})
  void hardwareIsAVendorAndAModel(String text) {
    assertThatThrownBy(() -> Hardware.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hardwareIsReadAsItIsWritten() {
    assertThat(Hardware.parse("northwind/r-30")).hasToString("northwind/r-30");
  }
}
