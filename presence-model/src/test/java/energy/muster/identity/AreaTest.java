// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Refused;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AreaTest {
  private static final BareJid LOAD_48 = BareJid.parse("load-48@grid.example");

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "device:load-48, true",
    "device:load-*, true",
    "device:*-48, true",
    "device:l*d*8, true",
    "device:load-4, false",
    "device:oad-48, false",
    "device:gen-*, false",
    "branch-60, true",
    "branch-61, false"
  })
  void anAreaCoversWhatItNames(String area, boolean covered) {
    assertThat(new Area(area).covers(LOAD_48, Set.of(new Area("branch-60")))).isEqualTo(covered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "**", "branch 60", "device:", "a:b", "bränch", "device:a/b"})
  void whatIsNoAreaIsRefused(String name) {
    assertThatThrownBy(() -> new Area(name)).isInstanceOf(Refused.class);
  }

  @Test
  void aNameLongerThanTheStandardAllowsIsRefused() {
    String name = "a".repeat(65);
    assertThatThrownBy(() -> new Area(name)).isInstanceOf(Refused.class);
  }
}
