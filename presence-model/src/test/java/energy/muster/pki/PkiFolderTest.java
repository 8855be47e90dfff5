// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiFolderTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));
  private static final char[] PASSPHRASE = "secret".toCharArray();
  private static final BareJid OP_1 = TestPki.jid("op-1");
  private static final Subject OPERATOR = Subject.of(OP_1, Role.OPERATOR, Area.ALL);

  @TempDir Path data;
  private PkiFolder folder;

  @BeforeEach
  void make() throws IOException {
    folder = PkiFolder.init(data, "ieee123", "grid.example", PASSPHRASE, CLOCK);
  }

  @Test
  void anIssuedIdentityIsTrusted() throws IOException {
    Certified issued = issueOperator();
    assertThat(folder.trust().certify(issued.certificate(), CLOCK.instant())).isEqualTo(issued);
  }

  @Test
  void anIssuedKeyFileHoldsTheIdentity() throws IOException {
    Certified issued = issueOperator();
    assertThat(SigningIdentity.load(folder.identityFile(OP_1), PASSPHRASE).certified())
        .isEqualTo(issued);
  }

  @Test
  void onlyTheOwnerReadsKeys() throws IOException {
    folder.issue(OPERATOR, PASSPHRASE);
    try (Stream<Path> files = Files.walk(data)) {
      assertThat(files.filter(file -> file.toString().matches(".*\\.p12")))
          .hasSize(2)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void aRevokedIdentityIsRefusedAtOnce() throws IOException {
    Certified issued = issueOperator();
    folder.revoke(OP_1, RevocationReason.KEY_COMPROMISE);
    assertRefused(
        Reason.REVOKED, () -> folder.trust().certify(issued.certificate(), CLOCK.instant()));
  }

  @Test
  void revokingAnAccountRevokesAllItsCertificates() throws IOException {
    folder.issue(OPERATOR, PASSPHRASE);
    folder.issue(OPERATOR, PASSPHRASE);
    assertThat(folder.revoke(OP_1, RevocationReason.SUPERSEDED)).hasSize(2);
  }

  @Test
  void whatIsNotThereCannotBeRevoked() {
    assertRefused(
        Reason.UNKNOWN, () -> folder.revoke(BigInteger.TEN, RevocationReason.UNSPECIFIED));
  }

  @Test
  void listNumbersRiseAcrossRestarts() throws IOException {
    folder.publishCrl(Duration.ofHours(24));
    assertThat(reopened().publishCrl(Duration.ofHours(24)).number()).isEqualTo(3);
  }

  @Test
  void revocationsSurviveARestart() throws IOException {
    Certified issued = issueOperator();
    folder.revoke(OP_1, RevocationReason.KEY_COMPROMISE);
    assertThat(reopened().publishCrl(Duration.ofHours(24)).revokes(issued.serial())).isTrue();
  }

  @Test
  void aHalfWrittenLastLineDidNotHappen() throws IOException {
    folder.issue(OPERATOR, PASSPHRASE);
    Path log = data.resolve("issued.jsonl");
    Files.writeString(log, "{\"event\":\"iss", StandardOpenOption.APPEND);
    PkiFolder again = reopened();
    again.issue(OPERATOR, PASSPHRASE);
    assertThat(PkiFolder.issued(data)).hasSize(2);
  }

  @Test
  void accountsOfAnotherDomainAreRefused() {
    Subject foreign = Subject.of(new BareJid("op-1", "elsewhere.example"), Role.VIEWER, Area.ALL);
    assertRefused(Reason.INVALID_ARGUMENT, () -> folder.issue(foreign, PASSPHRASE));
  }

  @Test
  void anAuthorityIsNotMadeOverAnother() {
    assertRefused(
        Reason.ALREADY_THERE, () -> PkiFolder.init(data, "x", "grid.example", PASSPHRASE, CLOCK));
  }

  @Test
  void aWrongPassphraseIsSaidSo() {
    assertThatThrownBy(() -> PkiFolder.open(data, "guess".toCharArray(), CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("passphrase");
  }

  @Test
  void siteAndDomainSurviveARestart() throws IOException {
    assertThat(reopened())
        .extracting(PkiFolder::site, PkiFolder::domain)
        .containsExactly("ieee123", "grid.example");
  }

  @Test
  void manyAreIssuedAtOnce() throws IOException {
    List<Subject> devices =
        Stream.of("load-1", "load-2", "load-3")
            .map(local -> Subject.device(TestPki.jid(local), List.of(new Area("feeder-123"))))
            .toList();
    folder.issue(devices, PASSPHRASE);
    assertThat(PkiFolder.issued(data)).hasSize(3);
  }

  private Certified issueOperator() throws IOException {
    return Certified.of(folder.issue(OPERATOR, PASSPHRASE).certificate());
  }

  private PkiFolder reopened() throws IOException {
    return PkiFolder.open(data, PASSPHRASE, CLOCK);
  }

  private static void assertRefused(
      Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(reason));
  }
}
