// SPDX-License-Identifier: Apache-2.0
package energy.muster.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

  @ParameterizedTest
  @ValueSource(
      strings = {"1E+400000000", "1E-400000000", "-9.5E999999999", "1E33", "1E-33", "1e2147483647"})
  void aNumberThatWouldBeEndlessWrittenOutIsMalformed(String number) {
    Fields fields = Fields.of(Json.parse("{\"kw\":" + number + "}"));
    assertRefused(() -> fields.decimal("kw"), Reason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+3", "-0.000001", "1E32", "12345678901234567890.123456789"})
  void aNumberThatPeopleWriteIsTaken(String number) {
    assertThat(Fields.of(Json.parse("{\"kw\":" + number + "}")).decimal("kw"))
        .isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+300000000", "1E-300000000", "0E+2147483647", "1E1001", "lots"})
  void anAmountThatWouldBeEndlessWrittenOutIsMalformed(String amount) {
    Fields fields = Fields.of(Json.parse("{\"taken\":\"" + amount + "\"}"));
    assertRefused(() -> fields.exact("taken"), Reason.MALFORMED);
  }

  @Test
  void anAmountThatWasNeverRoundedIsTaken() {
    String amount = "1234567.0" + "3".repeat(400);
    assertThat(Fields.of(Json.parse("{\"taken\":\"" + amount + "\"}")).exact("taken"))
        .isEqualTo(amount);
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
    assertRefused(() -> Json.parse(bytes), reason);
  }

  private static void assertRefused(ThrowingCallable read, Reason reason) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }
}
