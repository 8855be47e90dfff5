// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.pki.Pem;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private static final byte[] CONTENT = "{\"type\":\"command\",\"v\":1}".getBytes(UTF_8);

  @TempDir Path data;
  private Tool tool;
  private Sealed sealed;
  private Sealed foreign;

  @BeforeEach
  void seal(@TempDir Path elsewhere) throws IOException {
    tool = new Tool(data);
    sealed = Sealer.seal(CONTENT, Tool.NOW, operator(tool, data));
    foreign = Sealer.seal(CONTENT, Tool.NOW, operator(new Tool(elsewhere), elsewhere));
  }

  private static SigningIdentity operator(Tool tool, Path data) throws IOException {
    tool.run("pki init --site a --domain grid.example");
    tool.run("pki issue op-1@grid.example --role operator --area *");
    return SigningIdentity.load(
        data.resolve("pki/identities/op-1/identity.p12"), "secret".toCharArray());
  }

  @Test
  void derVerifies() throws IOException {
    assertThat(verify(sealed.cms()).status()).isZero();
  }

  @Test
  void base64Verifies() throws IOException {
    assertThat(verify(sealed.base64() + "\n").status()).isZero();
  }

  @Test
  void pemVerifies() throws IOException {
    assertThat(verify(Pem.encode("CMS", sealed.cms())).status()).isZero();
  }

  @Test
  void aStanzaVerifies() throws IOException {
    assertThat(
            verify(
                    "<outcome xmlns='urn:muster:outcome:1'><sealed xmlns='urn:muster:sealed:1'>"
                        + sealed.base64()
                        + "</sealed></outcome>")
                .status())
        .isZero();
  }

  @Test
  void aStanzaThatDeclaresEntitiesIsRefused() throws IOException {
    assertThat(
            verify("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><sealed>&b;</sealed>")
                .status())
        .isEqualTo(1);
  }

  @Test
  void everyDocumentOfAnExportedOrderIsChecked() throws IOException {
    ObjectNode order = Json.object().put("id", "o-1").put("sealed", sealed.base64());
    order.putArray("history").addObject().put("sealed", sealed.base64());
    assertThat(verify(Json.pretty(order)).out()).contains("document 1: ver", "document 2: ver");
  }

  @Test
  void oneBadDocumentOfSeveralIsAFailure() throws IOException {
    String lines =
        Json.text(Json.object().put("sealed", sealed.base64()))
            + "\n"
            + Json.text(Json.object().put("sealed", foreign.base64()));
    assertThat(verify(lines)).matches(result -> result.status() == 1, "exits with 1");
  }

  @Test
  void theSignerItsRolesAndTheContentArePrinted() throws IOException {
    assertThat(verify(sealed.cms()).out())
        .contains("op-1@grid.example", "operator@*", "2026-06-01T00:00:00Z", "\"command\"");
  }

  @Test
  void jsonTellsWhyADocumentDoesNotVerify() throws IOException {
    Path file = Files.write(data.resolve("document"), foreign.cms());
    ObjectNode object = Json.parse(tool.run("verify " + file + " --json").out().strip());
    assertThat(object.get("reason").textValue()).isEqualTo("untrusted");
  }

  @Test
  void aRevokedSignersDocumentDoesNotVerify() throws IOException {
    tool.run("pki revoke op-1@grid.example");
    assertThat(verify(sealed.cms()).out()).contains("NOT VERIFIED, revoked");
  }

  @Test
  void anExpiredSignersDocumentVerifiesOnlyAsOfThen() throws IOException {
    Path file = Files.write(data.resolve("document"), sealed.cms());
    tool.at(Tool.NOW.plus(Duration.ofDays(400)));
    assertThat(tool.run("verify " + file).status()).isEqualTo(1);
    assertThat(tool.run("verify " + file + " --at 2026-06-02T00:00:00Z").status()).isZero();
  }

  @Test
  void aStaleRevocationListIsSaidSo() throws IOException {
    tool.at(Tool.NOW.plus(Duration.ofDays(2)));
    assertThat(verify(sealed.cms()).err()).contains("stale");
  }

  @Test
  void aFileWithoutADocumentIsAFailure() throws IOException {
    assertThat(verify("{}").status()).isEqualTo(1);
  }

  @Test
  void aMissingFileIsAFailureWithAReason() {
    assertThat(tool.run("verify nowhere.der").err()).contains("there is no file nowhere.der");
  }

  private Tool.Result verify(String text) throws IOException {
    return verify(text.getBytes(UTF_8));
  }

  private Tool.Result verify(byte[] bytes) throws IOException {
    return tool.run("verify " + Files.write(data.resolve("document"), bytes));
  }
}
