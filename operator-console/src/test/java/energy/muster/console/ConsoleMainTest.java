// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.pki.Subject;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ConsoleMainTest {
  private static final String CONFIG =
      """
      {"site":"test-site","server":{"host":"127.0.0.1","port":15222,"tlsAnchors":"../tls.pem"},
       "trustAnchors":"ca.pem","jid":"op-1@grid.example","passwordFile":"op-1.password",
       "identity":"op-1.p12"}""";

  @TempDir private Path folder;

  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new ConsoleMain()).setErr(new PrintWriter(errors)).execute(arguments);
  }

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("console.json"), text);
  }

  @Test
  void pathsStartFromTheFolderOfTheConfiguration() throws IOException {
    ConsoleConfig read = ConsoleConfig.read(config(CONFIG));
    assertThat(read.identity()).isEqualTo(folder.resolve("op-1.p12"));
    assertThat(read.tlsAnchors()).isEqualTo(folder.resolve("../tls.pem"));
    assertThat(read.server()).hasToString("127.0.0.1:15222");
    assertThat(read.passphraseFile()).isEmpty();
  }

  @Test
  void anUnknownFieldIsRefused() throws IOException {
    Path file = config(CONFIG.replace("\"site\"", "\"colour\":\"red\",\"site\""));
    assertThatThrownBy(() -> ConsoleConfig.read(file))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("unknown field colour");
  }

  @Test
  void aMissingOptionIsSaidByName() {
    assertThat(run("--script", "-")).isEqualTo(2);
    assertThat(errors.toString()).contains("--site is needed");
  }

  @Test
  void aMissingFileIsSaidByNameWithoutAStackTrace() {
    assertThat(run("--config", "nowhere.json", "--json")).isEqualTo(1);
    assertThat(errors.toString()).contains("there is no file nowhere.json").doesNotContain("at ");
  }

  @Test
  void thePassphraseComesFromTheFileBeforeAnybodyIsAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("pass"), "secret\n");
    assertThat(Passphrase.of(folder, Optional.of(file), identity -> Optional.empty()))
        .containsExactly("secret".toCharArray());
  }

  @Test
  void aKeyOfSomebodyElseIsRefused() throws IOException {
    TestPki pki = new TestPki();
    var other = pki.credentials(Subject.of(TestPki.jid("op-2"), Role.OPERATOR, Area.ALL));
    Files.write(folder.resolve("op-1.p12"), other.pkcs12("secret".toCharArray()));
    Files.writeString(folder.resolve("pass"), "secret");
    Files.writeString(folder.resolve("lines"), "who");
    Path file = config(CONFIG.replace("\"jid\"", "\"passphraseFile\":\"pass\",\"jid\""));
    assertThat(run("--config", file.toString(), "--script", folder.resolve("lines").toString()))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("is the key of op-2@grid.example");
  }
}
