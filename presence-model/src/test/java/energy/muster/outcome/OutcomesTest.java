// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.GoldenStanza;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
  private static final Sealed ONE = new Sealed(new byte[] {0x30, 3, 2, 1, 1});

  private static Payload holding(String json) {
    return new Payload(Wire.OUTCOMES, Optional.empty(), Optional.of(json));
  }

  private static Payload holding(int count, String each) {
    ObjectNode object = Json.object();
    ArrayNode all = object.putArray("outcomes");
    Collections.nCopies(count, each).forEach(all::add);
    return Payload.of(Wire.OUTCOMES, object);
  }

  private static void refused(Payload payload, Reason reason) {
    assertThatThrownBy(() -> Outcomes.read(payload))
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.refusal().reason()).isEqualTo(reason));
  }

  @Test
  void theyAreReadAndWrittenBackUnchanged() {
    Payload golden = GoldenStanza.OUTCOMES_SET.payload().orElseThrow();

    assertThat(Outcomes.read(golden).sealed())
        .containsExactly(ONE, new Sealed(new byte[] {0x30, 3, 2, 1, 2}));
    assertThat(Outcomes.read(golden).payload()).isEqualTo(golden);
  }

  @Test
  void outcomesLongerThanTheStringsOfASignedDocumentAreRead() {
    Outcomes long32 = new Outcomes(Collections.nCopies(Outcomes.MOST, new Sealed(new byte[2_000])));

    assertThat(Outcomes.read(long32.payload())).isEqualTo(long32);
  }

  @Test
  void noneIsMalformed() {
    refused(holding("{\"outcomes\":[]}"), Reason.MALFORMED);
    refused(holding("{}"), Reason.MALFORMED);
    refused(Payload.empty(Wire.OUTCOMES), Reason.MALFORMED);
  }

  @Test
  void moreThanTheMostIsTooLarge() {
    assertThat(Outcomes.read(holding(Outcomes.MOST, ONE.base64())).sealed()).hasSize(32);
    refused(holding(Outcomes.MOST + 1, ONE.base64()), Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"outcomes\":[\"MAMCAQE=\",\"*\"]}",
        "{\"outcomes\":[\"MAMC\\nAQE=\"]}",
        "{\"outcomes\":[[\"MAMCAQE=\"]]}",
        "{\"outcomes\":[7]}",
        "{\"outcomes\":[null]}",
        "{\"outcomes\":\"MAMCAQE=\"}",
        "{\"outcomes\":[\"MAMCAQE=\"],\"outcomes\":[]}",
        "[\"MAMCAQE=\"]",
        "{\"outcomes\":[\"MAMCAQE=\"]} more"
      })
  void whatIsNoListOfBase64IsMalformed(String json) {
    refused(holding(json), Reason.MALFORMED);
  }

  @Test
  void oneLargerThanADocumentMayBeIsTooLarge() {
    refused(holding(1, "A".repeat(90_000)), Reason.TOO_LARGE);
  }

  @Test
  void moreCharactersThanTheMostAreTooLargeBeforeTheyAreRead() {
    refused(holding("x".repeat(Outcomes.MAX_CHARACTERS + 1)), Reason.TOO_LARGE);
  }

  @Test
  void aFieldOfALaterVersionIsIgnored() {
    assertThat(Outcomes.read(holding("{\"left\":7,\"outcomes\":[\"MAMCAQE=\"]}")).sealed())
        .containsExactly(ONE);
  }

  @Test
  void asManyGoTogetherAsWillBeRead() {
    assertThat(Outcomes.fitting(List.of())).isZero();
    assertThat(Outcomes.fitting(Collections.nCopies(3, ONE))).isEqualTo(3);
    assertThat(Outcomes.fitting(Collections.nCopies(40, ONE))).isEqualTo(Outcomes.MOST);

    List<Sealed> large = Collections.nCopies(10, new Sealed(new byte[Sealed.MAX_BYTES]));
    int fit = Outcomes.fitting(large);
    assertThat(fit).isEqualTo(2);
    assertThat(new Outcomes(large.subList(0, fit)).payload().json().orElseThrow())
        .hasSizeLessThanOrEqualTo(Outcomes.MAX_CHARACTERS);
    assertThat(new Outcomes(large.subList(0, fit + 1)).payload().json().orElseThrow())
        .hasSizeGreaterThan(Outcomes.MAX_CHARACTERS);
  }
}
