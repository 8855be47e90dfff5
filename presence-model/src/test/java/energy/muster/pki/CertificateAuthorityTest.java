// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.seal.Credentials;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private final TestPki pki = new TestPki();
  private final Subject branch =
      Subject.device(TestPki.jid("gen-2"), List.of(new Area("branch-60")));

  @Test
  void aDeviceBelongsToItselfAndItsAreas() {
    assertThat(pki.issue(branch).certified().memberships())
        .containsExactlyInAnyOrder(new Area("device:gen-2"), new Area("branch-60"));
  }

  @Test
  void whoHasTheAreaCoversTheDeviceThatBelongsToIt() {
    assertThat(
            pki.operator("op-1", "branch-60")
                .certified()
                .covers(Role.OPERATOR, pki.issue(branch).certified()))
        .isTrue();
  }

  @Test
  void serialsAreOf128Bits() {
    assertThat(pki.issue(branch).certified().serial().bitLength()).isEqualTo(128);
  }

  @Test
  void aKeyFileOpensWithItsPassphrase(@TempDir Path directory) throws IOException {
    Credentials credentials = pki.credentials(branch);
    Path file = Files.write(directory.resolve("a.p12"), credentials.pkcs12("secret".toCharArray()));
    assertThat(SigningIdentity.load(file, "secret".toCharArray()).chain())
        .isEqualTo(credentials.chain());
  }

  @Test
  void aKeyFileStaysShutForAnotherPassphrase(@TempDir Path directory) throws IOException {
    Path file =
        Files.write(
            directory.resolve("a.p12"), pki.credentials(branch).pkcs12("secret".toCharArray()));
    assertThatThrownBy(() -> SigningIdentity.load(file, "guess".toCharArray()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void tlsCertificatesMakeNoSigningIdentity() {
    Credentials tls = pki.authority().issueTls(Duration.ofDays(1), "grid.example", "127.0.0.1");
    assertThatThrownBy(tls::identity).hasMessageContaining("no roles");
  }

  @Test
  void noRevocationListLivesLongerThanADay() {
    assertThatThrownBy(() -> pki.authority().crl(BigInteger.ONE, Duration.ofHours(25), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
