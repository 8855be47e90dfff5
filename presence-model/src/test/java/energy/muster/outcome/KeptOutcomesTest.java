// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptOutcomesTest {
  private static Set<Digest> digests(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> Digest.of(("outcome " + number).getBytes(StandardCharsets.UTF_8)))
        .collect(Collectors.toSet());
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    KeptOutcomes most = new KeptOutcomes(digests(KeptOutcomes.MOST));

    assertThat(KeptOutcomes.read(most.payload())).isEqualTo(most);
  }

  @Test
  void noneAndTooManyAreNotSaid() {
    assertThatThrownBy(() -> new KeptOutcomes(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeptOutcomes(digests(KeptOutcomes.MOST + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"outcomes\":[]}", "{\"outcomes\":[\"AAAA\"]}", "{\"outcomes\":[7]}"})
  void whatNamesNoOutcomeIsRefused(String json) {
    Payload odd = Payload.of(Wire.KEPT, Json.parse(json));

    assertThatThrownBy(() -> KeptOutcomes.read(odd))
        .isInstanceOfSatisfying(
            Refused.class,
            no ->
                assertThat(no.refusal().reason()).isIn(Reason.MALFORMED, Reason.INVALID_ARGUMENT));
  }
}
