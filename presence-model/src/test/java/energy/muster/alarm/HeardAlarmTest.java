// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class HeardAlarmTest {
  private static final BareJid SW2 = TestPki.jid("sw2");

  private final TestPki pki = new TestPki();
  private final SigningIdentity sw2 = pki.device("sw2");

  private static ObjectNode said() {
    return GoldenFile.tree("alarm-onset").put("site", TestPki.SITE);
  }

  private HeardAlarm hear(Sealed sealed, BareJid from) {
    return HeardAlarm.of(sealed, from, TestPki.SITE, pki.trust(), pki.now());
  }

  private void assertRefused(Sealed sealed, BareJid from, Reason reason) {
    assertThatThrownBy(() -> hear(sealed, from))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }

  @Test
  void aDevicesOwnWordIsHeard() {
    HeardAlarm heard = hear(Sealer.seal(Json.bytes(said()), sw2), SW2);

    assertThat(heard.device()).isEqualTo(sw2.certified());
    assertThat(heard.alarm().rule()).isEqualTo(new RuleName("trip-imminent"));
  }

  @Test
  void oneFromAMonthAgoOrNextYearIsHeardAllTheSame() {
    // The golden one is of a month after the fixture's clock.
    assertThat(hear(Sealer.seal(Json.bytes(said()), sw2), SW2).alarm().header().issuedAt())
        .isAfter(pki.now());
  }

  @Test
  void anAlteredOneIsRefused() {
    byte[] cms = Base64.getDecoder().decode(Sealer.seal(Json.bytes(said()), sw2).base64());
    String text = new String(cms, StandardCharsets.ISO_8859_1);
    Sealed altered = new Sealed(text.replace("96.4", "16.4").getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(altered, SW2, Reason.BAD_SIGNATURE);
  }

  @Test
  void oneSignedBySomebodyElseIsRefused() {
    assertRefused(
        Sealer.seal(Json.bytes(said()), pki.device("sw4")),
        TestPki.jid("sw4"),
        Reason.BAD_SIGNATURE);
  }

  @Test
  void oneOfAnotherAuthorityIsRefused() {
    assertRefused(
        Sealer.seal(Json.bytes(said()), new TestPki().device("sw2")), SW2, Reason.UNTRUSTED);
  }

  @Test
  void anotherDevicesIsRefused() {
    assertRefused(Sealer.seal(Json.bytes(said()), sw2), TestPki.jid("sw4"), Reason.NOT_AUTHORISED);
  }

  @Test
  void oneOfAnotherSiteIsRefused() {
    assertRefused(
        Sealer.seal(Json.bytes(said().put("site", "elsewhere")), sw2), SW2, Reason.WRONG_TARGET);
  }

  @Test
  void aPersonRaisesNone() {
    ObjectNode said = said().put("issuer", "op-1@grid.example");

    assertRefused(
        Sealer.seal(Json.bytes(said), pki.operator("op-1", "*")),
        TestPki.jid("op-1"),
        Reason.NOT_AUTHORISED);
  }

  @Test
  void anotherDocumentOfTheDeviceIsRefused() {
    ObjectNode proof =
        GoldenFile.tree("session").put("site", TestPki.SITE).put("issuer", "sw2@grid.example");

    assertRefused(Sealer.seal(Json.bytes(proof), sw2), SW2, Reason.MALFORMED);
  }
}
