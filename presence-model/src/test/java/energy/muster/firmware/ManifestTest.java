// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody may say of a firmware, whoever signs it. */
class ManifestTest {
  private static final Digest SOME = Digest.of(new byte[] {1});

  private final TestPki pki = new TestPki();

  private Manifest manifest(String note, int needs, long size) {
    TreeMap<String, FirmwareVersion> parts = new TreeMap<>();
    for (int i = 0; i < needs; i++) {
      parts.put("part-" + i, FirmwareVersion.parse("1.0.0"));
    }
    return new Manifest(
        new Header(
            DocumentType.FIRMWARE_MANIFEST,
            TestPki.SITE,
            DocumentId.next(pki.now()),
            TestPki.jid("build-1"),
            pki.now()),
        "relay",
        FirmwareVersion.parse("2.4.1"),
        0,
        "northwind",
        List.of("r-30"),
        new Image(size, SOME, Image.LONGEST_CHUNK, SOME),
        Optional.empty(),
        parts,
        pki.now().plus(Duration.ofDays(1)),
        List.of(note));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u001b[2Jall is well", "a\nb", "bell\u0007", "a\u009bb", "2.4.1 \u202erelay"})
  void aNoteCannotTouchATerminal(String note) {
    assertThatThrownBy(() -> manifest(note, 0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNoteInAnyScriptIsText() {
    assertThat(manifest("schaltet früher ab · ремонт · 修复", 0, 1).notes()).hasSize(1);
  }

  @Test
  void moreThanSixteenOtherPartsAreRefused() {
    assertThat(manifest("", 16, 1).needs()).hasSize(16);
    assertThatThrownBy(() -> manifest("", 64, 1)).isInstanceOf(IllegalArgumentException.class);
    ObjectNode many = Json.parse(manifest("", 16, 1).write());
    for (int i = 0; i < 64; i++) {
      ((ObjectNode) many.get("needs")).put("part-" + i, "1.0.0");
    }
    assertThatThrownBy(() -> Manifest.read(Json.bytes(many))).isInstanceOf(Refused.class);
  }

  @Test
  void anImageHasAtLeastOneByte() {
    assertThat(manifest("", 0, 1).image().chunks()).isEqualTo(1);
    assertThatThrownBy(() -> manifest("", 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
