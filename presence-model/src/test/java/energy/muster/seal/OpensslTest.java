// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.pki.Pem;
import energy.muster.pki.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anyone can check our documents and read our files with a tool that is not ours. */
class OpensslTest {
  private static final byte[] CONTENT = "{\"type\":\"command\",\"v\":1}".getBytes(UTF_8);

  @TempDir Path directory;

  private final TestPki pki = new TestPki(Clock.systemUTC());
  private final SigningIdentity op1 = pki.operator("op-1", "*");

  @BeforeAll
  static void opensslIsThere() {
    boolean there;
    try {
      there = run(Path.of("."), "version") == 0;
    } catch (IOException e) {
      there = false;
    }
    Assumptions.assumeTrue(there, "openssl is not on the PATH");
  }

  @Test
  void opensslVerifiesADocumentAgainstTheAuthorityAlone() throws IOException {
    write(Sealer.seal(CONTENT, op1));
    assertThat(verify()).isZero();
  }

  @Test
  void opensslFindsTheContentByteForByte() throws IOException {
    write(Sealer.seal(CONTENT, op1));
    verify();
    assertThat(directory.resolve("content")).hasBinaryContent(CONTENT);
  }

  @Test
  void opensslVerifiesBothSigners() throws IOException {
    write(Sealer.cosign(Sealer.seal(CONTENT, op1), pki.operator("op-2", "*")));
    assertThat(verify()).isZero();
  }

  @Test
  void opensslChecksTheNamedSigningCertificate() throws IOException {
    write(Sealer.seal(CONTENT, op1));
    assertThat(verify("-cades")).isZero();
  }

  @Test
  void opensslRefusesAForeignSigner() throws IOException {
    write(Sealer.seal(CONTENT, new TestPki(Clock.systemUTC()).operator("op-1", "*")));
    assertThat(verify()).isNotZero();
  }

  @Test
  void opensslReadsOurKeyFiles() throws IOException {
    Files.write(
        directory.resolve("a.p12"),
        pki.credentials(Subject.device(TestPki.jid("gen-2"), List.of()))
            .pkcs12("secret".toCharArray()));
    assertThat(
            run(directory, "pkcs12", "-in", "a.p12", "-passin", "pass:secret", "-nodes", "-noout"))
        .isZero();
  }

  @Test
  void opensslVerifiesOurRevocationLists() throws IOException {
    writeAuthority();
    Files.writeString(directory.resolve("crl.pem"), Pem.encode("X509 CRL", pki.crl()));
    assertThat(run(directory, "crl", "-in", "crl.pem", "-CAfile", "ca.pem", "-noout")).isZero();
  }

  private void write(Sealed sealed) throws IOException {
    writeAuthority();
    Files.write(directory.resolve("document.der"), sealed.cms());
  }

  private void writeAuthority() throws IOException {
    Files.writeString(directory.resolve("ca.pem"), Pem.encode(pki.authority().certificate()));
  }

  private int verify(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "cms", "-verify", "-inform", "DER", "-in", "document.der", "-CAfile", "ca.pem"));
    arguments.addAll(List.of("-binary", "-out", "content"));
    arguments.addAll(List.of(more));
    return run(directory, arguments.toArray(String[]::new));
  }

  private static int run(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }
}
