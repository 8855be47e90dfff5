// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlTextTest {
  @Test
  void whatXmlCannotCarryIsEscapedInJson() {
    assertThat(XmlText.ofJson("{\"note\":\"a\uFFFEb\"}")).isEqualTo("{\"note\":\"a\\ufffeb\"}");
  }

  @Test
  void whatXmlCannotCarryIsReplacedInText() {
    assertThat(XmlText.ofText("a\u0001b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void otherTextStaysAsItIs() {
    assertThat(XmlText.ofText("81 %, Zürich 🔌")).isEqualTo("81 %, Zürich 🔌");
  }
}
