// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.GoldenStanza;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteOffTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 501})
  void aReasonIsOneToFiveHundredCharacters(int length) {
    byte[] json = Json.bytes(GoldenFile.tree("write-off").put("reason", "x".repeat(length)));

    assertThatThrownBy(() -> WriteOff.read(json))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.INVALID_ARGUMENT));
  }

  @Test
  void anInquiryIsWhatItsStanzaHolds() {
    String json = GoldenStanza.INQUIRE_SET.payload().orElseThrow().json().orElseThrow();

    assertThat(Inquiry.read(Json.parse(json)).write()).hasToString(json);
  }
}
