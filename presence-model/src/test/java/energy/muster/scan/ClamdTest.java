// SPDX-License-Identifier: Apache-2.0
package energy.muster.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import energy.muster.fixture.ClamdDouble;
import energy.muster.scan.Scanner.Verdict;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images go through the ClamAV daemon; where none is installed, through a double of it. */
class ClamdTest {
  private static final Path DAEMON = Path.of("/usr/sbin/clamd");
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Path image;

  @BeforeEach
  void anImage() throws IOException {
    image = Files.write(folder.resolve("image"), new byte[200_000]);
  }

  private Verdict verdict(String answer) throws IOException {
    try (ClamdDouble daemon = new ClamdDouble(bytes -> Optional.of(answer + "\0"))) {
      Verdict verdict = scanner(daemon, LONG, 1_000_000).scan(Scanner.Content.of(image));
      assertThat(daemon.taken()).isEqualTo(Files.readAllBytes(image));
      return verdict;
    }
  }

  private Clamd scanner(ClamdDouble daemon, Duration patience, long most) {
    return new Clamd(Clamd.address(daemon.address()), patience, most);
  }

  @Test
  void theDoubleFindsNothingInWhatIsClean() throws IOException {
    assertThat(verdict("stream: OK")).isEqualTo(new Verdict.Clean());
  }

  @Test
  void theDoubleNamesWhatItFinds() throws IOException {
    assertThat(verdict("stream: Win.Test.EICAR_HDB-1 FOUND"))
        .isEqualTo(new Verdict.Found("Win.Test.EICAR_HDB-1"));
  }

  @Test
  void anErrorOfTheDoubleIsNoVerdict() throws IOException {
    assertThat(verdict("INSTREAM size limit exceeded. ERROR"))
        .isInstanceOf(Verdict.Unavailable.class);
  }

  /** Said by whoever stands where the scanner should: nothing of it lets an image pass. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "stream: OK",
        "stream: ok\0",
        "stream: OK\n\0",
        "stream: OK\0stream: Evil FOUND\0",
        "stream: Evil FOUND\0stream: OK\0",
        "stream: OK\0\0",
        "stream: OK FOUND",
        "\u001b[2Jstream: OK\0",
        "OK OK\0",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void aHostileAnswerIsNotClean(String answer) throws IOException {
    Verdict verdict = said(answer);

    assertThat(verdict).isNotInstanceOf(Verdict.Clean.class);
    if (verdict instanceof Verdict.Unavailable unavailable) {
      assertThat(unavailable.why()).matches("[ -~]{1,260}");
    }
  }

  @Test
  void aNameThatWouldDrawOnATerminalIsShownWithout() throws IOException {
    assertThat(said("stream: \u001b[31mEvil\nname FOUND\0"))
        .isEqualTo(new Verdict.Found("?[31mEvil?name"));
    assertThat(said("stream: " + "E".repeat(900) + " FOUND\0"))
        .isEqualTo(new Verdict.Found("E".repeat(200)));
  }

  @Test
  void anAnswerWithoutEndIsNotReadOn() throws IOException {
    assertThat(said("stream: " + "O".repeat(2_000_000))).isInstanceOf(Verdict.Unavailable.class);
  }

  private Verdict said(String answer) throws IOException {
    try (ClamdDouble daemon = new ClamdDouble(bytes -> Optional.of(answer))) {
      return scanner(daemon, LONG, 1_000_000).scan(Scanner.Content.of(image));
    }
  }

  @Test
  void aDocumentIsLookedThroughAsAFileIs() throws IOException {
    byte[] document = {1, 2, 3};
    try (ClamdDouble daemon = new ClamdDouble(bytes -> Optional.of("stream: OK\0"))) {
      assertThat(scanner(daemon, LONG, 1_000_000).scan(Scanner.Content.of(document)))
          .isEqualTo(new Verdict.Clean());
      assertThat(daemon.taken()).isEqualTo(document);
    }
  }

  @Test
  void aDoubleThatSaysNothingIsGivenUp() throws IOException {
    try (ClamdDouble daemon = new ClamdDouble(bytes -> Optional.empty())) {
      assertThat(scanner(daemon, Duration.ofMillis(200), 1_000_000).scan(Scanner.Content.of(image)))
          .isInstanceOf(Verdict.Unavailable.class);
    }
  }

  @Test
  void nobodyThereIsNoVerdict() throws IOException {
    ClamdDouble daemon = new ClamdDouble(bytes -> Optional.empty());
    daemon.close();

    assertThat(scanner(daemon, LONG, 1_000_000).scan(Scanner.Content.of(image)))
        .isInstanceOf(Verdict.Unavailable.class);
  }

  @Test
  void anImageLargerThanTheDaemonTakesIsNotSent() throws IOException {
    try (ClamdDouble daemon = new ClamdDouble(bytes -> Optional.of("stream: OK\0"))) {
      assertThat(scanner(daemon, LONG, 100_000).scan(Scanner.Content.of(image)))
          .isEqualTo(
              new Verdict.Unavailable("200000 bytes are more than the scanner takes, 100000"));
    }
  }

  @Test
  void anAddressIsASocketOrAHostAndPort() {
    assertThat(Clamd.address("/run/clamav/clamd.ctl"))
        .isEqualTo(UnixDomainSocketAddress.of("/run/clamav/clamd.ctl"));
    assertThatThrownBy(() -> Clamd.address("clamd")).hasMessageContaining("HOST:PORT");
  }

  @Test
  void aRealDaemonFindsOurOwnTestSignatureAndPassesTheRest() throws Exception {
    assumeTrue(Files.isExecutable(DAEMON), "no clamd is installed here (package clamav-daemon)");
    String mark = "muster-test-signature-0001";
    StringBuilder hex = new StringBuilder();
    mark.chars().forEach(c -> hex.append("%02x".formatted(c)));
    Files.createDirectory(folder.resolve("db"));
    Files.writeString(folder.resolve("db/muster.ndb"), "Muster.Test:0:*:" + hex + "\n");
    Path socket = folder.resolve("clamd.ctl");
    Path settings =
        Files.writeString(
            folder.resolve("clamd.conf"),
            """
            LocalSocket %s
            DatabaseDirectory %s
            Foreground yes
            """
                .formatted(socket, folder.resolve("db")));
    Process daemon =
        new ProcessBuilder(DAEMON.toString(), "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("clamd.log").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket));
      Clamd scanner = new Clamd(UnixDomainSocketAddress.of(socket), LONG, 1_000_000);
      assertThat(scanner.scan(Scanner.Content.of(image))).isEqualTo(new Verdict.Clean());

      Files.writeString(image, "#!/bin/sh\n# " + mark + "\n");
      assertThat(scanner.scan(Scanner.Content.of(image)))
          .isInstanceOfSatisfying(
              Verdict.Found.class, found -> assertThat(found.what()).startsWith("Muster.Test"));
    } finally {
      daemon.destroyForcibly().waitFor();
    }
  }
}
