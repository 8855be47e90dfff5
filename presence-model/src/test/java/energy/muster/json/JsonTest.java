// SPDX-License-Identifier: Apache-2.0
package energy.muster.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "42",
        "{",
        "{}}",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":1,}",
        "{/* no */}",
        "\uFEFF{}",
      })
  void whatIsNotOneStrictObjectIsMalformed(String text) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), Reason.MALFORMED);
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    assertRefused(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, Reason.MALFORMED);
    assertRefused("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE), Reason.MALFORMED);
  }

  @Test
  void deeperThanSixteenIsMalformed() {
    assertThat(Json.parse(nested(16))).isNotNull();
    assertRefused(nested(17).getBytes(StandardCharsets.UTF_8), Reason.MALFORMED);
  }

  @Test
  void aStringOverOneKibibyteIsMalformed() {
    assertThat(Json.parse("{\"a\":\"" + "x".repeat(1024) + "\"}")).isNotNull();
    assertRefused(
        ("{\"a\":\"" + "x".repeat(1025) + "\"}").getBytes(StandardCharsets.UTF_8),
        Reason.MALFORMED);
  }

  @Test
  void aDocumentOver64KibibytesIsTooLarge() {
    assertRefused(new byte[Json.MAX_BYTES + 1], Reason.TOO_LARGE);
  }

  @Property
  void anyBytesAreReadOrRefusedNeverAFault(@ForAll byte[] bytes) {
    try {
      assertThat(Json.parse(bytes)).isNotNull();
    } catch (Refused refused) {
      assertThat(refused.refusal().text()).isNotEmpty();
    }
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
  }

  private static void assertRefused(byte[] bytes, Reason reason) {
    assertThatThrownBy(() -> Json.parse(bytes))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }
}
