// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Sealed;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PayloadReaderTest {
  private static final String SEALED = "<sealed xmlns='urn:muster:sealed:1'>MAA=</sealed>";
  private static final String JSON = "<json xmlns='urn:xmpp:json:0'>{}</json>";

  @Test
  void aSealedDocumentAndJsonAreRead() {
    ReadPayload read = read(SEALED + JSON);

    assertThat(read.fault()).isEmpty();
    assertThat(read.payload().sealed()).isPresent();
    assertThat(read.payload().json()).contains("{}");
  }

  @Test
  void whitespaceBetweenElementsIsAllowed() {
    assertThat(read("\n " + SEALED + "\n" + JSON + "\n").fault()).isEmpty();
  }

  @Test
  void twoSealedDocumentsAreMalformed() {
    assertThat(reasonOf(SEALED + SEALED)).contains(Reason.MALFORMED);
  }

  @Test
  void twoJsonContainersAreMalformed() {
    assertThat(reasonOf(JSON + JSON)).contains(Reason.MALFORMED);
  }

  @Test
  void anUnknownElementIsMalformed() {
    assertThat(reasonOf("<when xmlns='urn:muster:command:1'/>")).contains(Reason.MALFORMED);
  }

  @Test
  void aSealedElementOfAnotherNamespaceIsMalformed() {
    assertThat(reasonOf("<sealed xmlns='urn:example'>MAA=</sealed>")).contains(Reason.MALFORMED);
  }

  @Test
  void anElementWithinTheSealedDocumentIsMalformed() {
    assertThat(reasonOf("<sealed xmlns='urn:muster:sealed:1'>MA<b/>A=</sealed>"))
        .contains(Reason.MALFORMED);
  }

  @Test
  void textBesideTheElementsIsMalformed() {
    assertThat(reasonOf("shed" + SEALED)).contains(Reason.MALFORMED);
  }

  @Test
  void whatIsNotBase64IsMalformed() {
    assertThat(reasonOf("<sealed xmlns='urn:muster:sealed:1'>?</sealed>"))
        .contains(Reason.MALFORMED);
  }

  @Test
  void aSealedDocumentOfMoreThan64KiBIsTooLarge() {
    assertThat(reasonOf(sealed(Sealed.MAX_BYTES + 1))).contains(Reason.TOO_LARGE);
  }

  @Test
  void aSealedDocumentOf64KiBIsRead() {
    assertThat(reasonOf(sealed(Sealed.MAX_BYTES))).isEmpty();
  }

  @Test
  void aFaultyRequestKeepsItsIdSoThatItCanBeAnswered() {
    assertThat(iq(SEALED + SEALED).getStanzaId()).isEqualTo("d1");
  }

  private static String sealed(int bytes) {
    return "<sealed xmlns='urn:muster:sealed:1'>"
        + Base64.getEncoder().encodeToString(new byte[bytes])
        + "</sealed>";
  }

  private static Optional<Reason> reasonOf(String content) {
    return read(content).fault().map(Refusal::reason);
  }

  private static ReadPayload read(String content) {
    return iq(content).read();
  }

  private static PayloadIq iq(String content) {
    return (PayloadIq)
        Parsed.stanza(
            "<iq xmlns='jabber:client' type='set' id='d1' from='muster.grid.example'>"
                + "<deliver xmlns='urn:muster:command:1'>"
                + content
                + "</deliver></iq>");
  }
}
