// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JidTest {
  @Test
  void addressesAreLowerCase() {
    assertThat(BareJid.parse("Gen-2@Grid.Example")).hasToString("gen-2@grid.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grid.example",
        "@grid.example",
        "a@",
        "a@b@c",
        "a b@c",
        "a@b/c",
        "a@-b",
        "a@b..c",
        "ä@c",
        "\u212Ay@c",
        "a*@c",
        ".a@c"
      })
  void whatIsNoAccountAddressIsRefused(String text) {
    assertThatThrownBy(() -> BareJid.parse(text)).isInstanceOf(Refused.class);
  }

  @Test
  void aResourceKeepsItsCase() {
    assertThat(FullJid.parse("gen-2@grid.example/aB/c").resource()).isEqualTo("aB/c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gen-2@grid.example", "gen-2@grid.example/"})
  void aSessionAddressNeedsAResource(String text) {
    assertThatThrownBy(() -> FullJid.parse(text)).isInstanceOf(Refused.class);
  }
}
