// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import energy.muster.wire.GoldenStanza;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {
  @ParameterizedTest
  @EnumSource(
      value = GoldenStanza.class,
      names = {"FIRMWARE_LIST_GET", "FIRMWARE_CHUNK_GET"})
  void anAskForAPieceIsReadAndWrittenBackUnchanged(GoldenStanza golden) {
    Payload payload = golden.payload().orElseThrow();

    assertThat(PieceAsk.read(payload).payload(payload.wire())).isEqualTo(payload);
  }

  @ParameterizedTest
  @EnumSource(
      value = GoldenStanza.class,
      names = {"FIRMWARE_LIST_RESULT", "FIRMWARE_CHUNK_RESULT"})
  void aPieceIsReadAndWrittenBackUnchanged(GoldenStanza golden) {
    Payload payload = golden.payload().orElseThrow();

    assertThat(Piece.read(payload).payload(payload.wire())).isEqualTo(payload);
  }

  @Test
  void anAskForAManifestIsReadAndWrittenBackUnchanged() {
    Payload payload = GoldenStanza.FIRMWARE_MANIFEST_GET.payload().orElseThrow();

    assertThat(ManifestAsk.read(payload).payload()).isEqualTo(payload);
  }

  @Test
  void anAskForAPassAndThePassAreReadAndWrittenBackUnchanged() {
    Payload ask = GoldenStanza.FIRMWARE_PASS_GET.payload().orElseThrow();
    Payload pass = GoldenStanza.FIRMWARE_PASS_RESULT.payload().orElseThrow();

    assertThat(PassAsk.read(ask).payload()).isEqualTo(ask);
    assertThat(Pass.read(pass).payload()).isEqualTo(pass);
    assertThat(Pass.read(pass).toString()).doesNotContain(Pass.read(pass).token());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\r\nX: y", "\u00e4"})
  void aTokenThatIsNoneIsRefused(String token) {
    Payload pass =
        Payload.of(
            Wire.FIRMWARE_PASS,
            Json.object().put("token", token).put("until", "2026-03-02T13:00:00Z"));

    assertThatThrownBy(() -> Pass.read(pass)).isInstanceOf(Refused.class);
  }

  @Test
  void theLongestPieceIsTakenWhole() {
    byte[] longest = new byte[Piece.LONGEST];
    longest[Piece.LONGEST - 1] = 7;

    assertThat(Piece.read(new Piece(longest).payload(Wire.FIRMWARE_CHUNK)).bytes())
        .isEqualTo(longest);
  }

  @Test
  void moreThanTheLongestPieceIsRefusedBeforeItIsDecoded() {
    String text = Base64.getEncoder().encodeToString(new byte[Piece.LONGEST + 3]);

    assertThatThrownBy(
            () -> Piece.read(Payload.of(Wire.FIRMWARE_CHUNK, Json.object().put("bytes", text))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void whatIsNoBase64IsRefused() {
    assertThatThrownBy(
            () -> Piece.read(Payload.of(Wire.FIRMWARE_CHUNK, Json.object().put("bytes", "*"))))
        .isInstanceOf(Refused.class);
  }
}
