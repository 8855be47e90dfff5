// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiFolderTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final char[] SECRET = "a passphrase".toCharArray();
  private static final BareJid OPERATOR = BareJid.parse("op-1@grid.example");

  @TempDir private Path data;

  @Test
  void whatWasIssuedIsReadAgainAfterReopening() throws IOException {
    init().issue(operator(), SECRET);

    PkiFolder reopened = PkiFolder.open(data, SECRET, CLOCK);
    Certified read = SigningIdentity.load(reopened.identityFile(OPERATOR), SECRET).certified();

    assertThat(reopened.site()).isEqualTo("ieee123");
    assertThat(read.jid()).isEqualTo(OPERATOR);
    assertThat(reopened.issued())
        .singleElement()
        .satisfies(
            issued -> {
              assertThat(issued.serial()).isEqualTo(read.serial());
              assertThat(issued.jid()).isEqualTo(OPERATOR);
              assertThat(issued.revocation()).isEmpty();
            });
  }

  @Test
  void aRevokedCertificateIsOnEveryListFromThenOn() throws IOException {
    PkiFolder pki = init();
    Certified certified = pki.issue(operator(), SECRET).identity().certified();
    pki.revoke(certified.serial(), RevocationReason.KEY_COMPROMISE);

    pki.publishCrl(PkiFolder.CRL_LIFE);
    Trust trust =
        Trust.of(pki.authority().certificate()).withCrl(Files.readAllBytes(pki.crlFile()));

    assertThat(trust.crlNumber()).isEqualTo(BigInteger.valueOf(3));
    assertThatThrownBy(() -> trust.certify(certified.certificate(), NOW))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.REVOKED));
  }

  @Test
  void filesWithKeysAreTheirOwnersAlone() throws IOException {
    PkiFolder pki = init();
    pki.issue(operator(), SECRET);

    for (Path secret : new Path[] {data.resolve("ca.p12"), pki.identityFile(OPERATOR)}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void anAuthorityIsNeverOverwritten() throws IOException {
    init();

    assertThatThrownBy(this::init).hasMessageContaining("already holds an authority");
  }

  @Test
  void aWrongPassphraseIsSaidSo() throws IOException {
    init();

    assertThatThrownBy(() -> PkiFolder.open(data, "wrong".toCharArray(), CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("wrong passphrase");
  }

  private PkiFolder init() throws IOException {
    return PkiFolder.init(data, "ieee123", "grid.example", SECRET, CLOCK);
  }

  private static Subject operator() {
    return Subject.of(OPERATOR, Role.OPERATOR, Area.ALL);
  }
}
