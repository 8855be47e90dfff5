// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.Area;
import energy.muster.identity.Grant;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PkiCommandTest {
  @TempDir Path data;
  private Tool tool;

  @BeforeEach
  void init() {
    tool = new Tool(data);
    assertThat(tool.run("pki init --site ieee123 --domain grid.example").status()).isZero();
  }

  @Test
  void aPassphraseKeptBesideTheKeyIsSaidToBeForDevelopment(@TempDir Path other) {
    assertThat(new Tool(other).run("pki init --site a --domain grid.example").out())
        .contains("FOR DEVELOPMENT");
  }

  @Test
  void aPassphraseFromTheEnvironmentIsNotKept(@TempDir Path other) {
    new Tool(other)
        .with("MUSTER_CA_PASSPHRASE", "its own")
        .run("pki init --site a --domain grid.example");
    assertThat(other.resolve("pki/ca.pass")).doesNotExist();
  }

  @Test
  void anAuthorityIsNotMadeTwice() {
    assertThat(tool.run("pki init --site ieee123 --domain grid.example").status()).isEqualTo(1);
  }

  @Test
  void anOperatorGetsItsRolesEachInItsAreas() throws IOException {
    tool.run(
        "pki issue op-2@grid.example --role operator --area branch-60 --area branch-18"
            + " --role viewer --area *");
    assertThat(issued("op-2").certified().grants())
        .containsExactlyInAnyOrder(
            new Grant(Role.OPERATOR, new Area("branch-60")),
            new Grant(Role.OPERATOR, new Area("branch-18")),
            new Grant(Role.VIEWER, Area.ALL));
  }

  @Test
  void aMemberIsADeviceOfItsAreas() throws IOException {
    tool.run("pki issue load-48@grid.example --member branch-18 --member feeder-123");
    assertThat(issued("load-48").certified().memberships())
        .containsExactlyInAnyOrder(
            new Area("device:load-48"), new Area("branch-18"), new Area("feeder-123"));
  }

  @Test
  void aKeyFileMayTakeItsPassphraseFromAFile() throws IOException {
    Path file = Files.writeString(data.resolve("pass"), "another\n");
    tool.run("pki issue op-1@grid.example --role operator --area * --passphrase-file " + file);
    assertThat(
            SigningIdentity.load(
                data.resolve("pki/identities/op-1/identity.p12"), "another".toCharArray()))
        .isNotNull();
  }

  @Test
  void withoutAnyPassphraseNothingIsIssued() {
    Tool.Result result =
        tool.without("MUSTER_PASSPHRASE").run("pki issue op-1@grid.example --role viewer --area *");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("MUSTER_PASSPHRASE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pki",
        "pki issue op-1@grid.example",
        "pki issue op-1@grid.example --role king --area *",
        "pki issue op-1@grid.example --role operator",
        "pki issue op-1@grid.example --role operator --area * --days 0",
        "pki revoke nobody",
        "pki revoke op-1@grid.example --reason mood",
        "pki crl --hours 25"
      })
  void aSenselessLineIsAUsageError(String line) {
    assertThat(tool.run(line).status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pki issue op-1@elsewhere.example --role operator --area *",
        "pki issue op-1 --role operator --area *",
        "pki revoke op-1@grid.example",
        "pki show op-1@grid.example",
        "pki show nowhere.pem"
      })
  void whatCannotBeDoneExitsWithOneAndAReason(String line) {
    Tool.Result result = tool.run(line);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("muster pki").doesNotContain("Exception");
  }

  @Test
  void revokingNamesTheListThatCarriesIt() {
    tool.run("pki issue op-1@grid.example --role operator --area *");
    Tool.Result result = tool.run("pki revoke op-1@grid.example --reason key-compromise --json");
    assertThat(Json.parse(result.out().strip()).get("crlNumber").intValue()).isEqualTo(2);
  }

  @Test
  void aRevokedCertificateIsShownAsSuch() {
    tool.run("pki issue op-1@grid.example --role operator --area *");
    tool.run("pki revoke op-1@grid.example --reason key-compromise");
    assertThat(tool.run("pki show op-1@grid.example").out()).contains("revoked", "key-compromise");
  }

  @Test
  void listNumbersRise() {
    assertThat(Json.parse(tool.run("pki crl --json").out().strip()).get("number").intValue())
        .isEqualTo(2);
  }

  @Test
  void aCertificateFileIsShownWithItsGrants() {
    tool.run("pki issue op-1@grid.example --role operator --area branch-60");
    Path file = data.resolve("pki/identities/op-1/certificate.pem");
    assertThat(tool.run("pki show " + file).out()).contains("operator@branch-60");
  }

  @Test
  void everythingIsShownAsOneObjectALine() {
    tool.run("pki issue op-1@grid.example --role operator --area *");
    assertThat(tool.run("pki show --json").out().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(Json.parse(line)).isNotEmpty());
  }

  @Test
  void helpSucceeds() {
    assertThat(new Tool(data).run("pki issue --help").status()).isZero();
  }

  private SigningIdentity issued(String local) throws IOException {
    return SigningIdentity.load(
        data.resolve("pki/identities/" + local + "/identity.p12"), "secret".toCharArray());
  }
}
