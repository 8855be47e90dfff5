// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutServerIT {
  private static final String DOMAIN = "grid.example";
  private static final String PASSWORD = "kept-nowhere-to-be-read";

  @TempDir private static Path folder;

  private static Path data;
  private static Path accounts;
  private static ServerProcess server;

  @BeforeAll
  static void startServer() throws IOException {
    data = folder.resolve("data");
    accounts = folder.resolve("accounts.jsonl");
    write(account("load-48", PASSWORD));
    server = ServerProcess.start(data, "--domain", DOMAIN, "--accounts", accounts.toString());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void tlsIsRequired() throws Exception {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      assertThat(client.open())
          .contains("<starttls xmlns=\"urn:ietf:params:xml:ns:xmpp-tls\"><required/></starttls>");
    }
  }

  @Test
  void nobodyLogsInBeforeTls() throws Exception {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      assertThat(client.logIn("load-48", PASSWORD)).isFalse();
    }
  }

  @Test
  void nothingIsRoutedBeforeTls() throws Exception {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      client.send("<iq type='get' id='r'><query xmlns='jabber:iq:register'/></iq>");
      assertThat(client.readUntilTheEnd()).doesNotContain("<iq");
    }
  }

  @Test
  void nobodyRegisters() throws Exception {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      client.startTls(data.resolve("tls.pem"));
      client.open();
      client.send(
          "<iq type='set' id='r'><query xmlns='jabber:iq:register'>"
              + "<username>intruder</username><password>x</password></query></iq>"
              + "</stream:stream>");
      assertThat(client.readUntilTheEnd()).doesNotContain("type=\"result\"");
    }
    assertThat(logsIn("intruder", "x")).isFalse();
  }

  @Test
  void onlyScramIsOfferedAfterTls() throws Exception {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      client.startTls(data.resolve("tls.pem"));
      assertThat(client.open())
          .containsOnlyOnce("<mechanism>")
          .contains("<mechanism>SCRAM-SHA-1</mechanism>")
          .doesNotContain("<register", "<compression");
      assertThat(client.tlsProtocol()).isIn("TLSv1.2", "TLSv1.3");
    }
  }

  @Test
  void anAccountOfTheFileLogsIn() throws Exception {
    assertThat(logsIn("load-48", PASSWORD)).isTrue();
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    assertThat(logsIn("load-48", "guess")).isFalse();
  }

  @Test
  void aLoginUnderANameThatNobodyHasGoesLikeOneWithAWrongPassword() throws Exception {
    for (String user : new String[] {"load-48", "load-49"}) {
      String salt = challenged(user).replaceFirst("^r=[^,]*,", "");
      assertThat(salt).as(user).matches("s=[A-Za-z0-9+/]{32},i=4096");
      assertThat(challenged(user)).as(user + " once more").endsWith(salt);
    }
    assertThat(logsIn("load-49", "guess")).isFalse();
  }

  @Test
  void beforeItsLoginAClientHearsOfAnAccountAsOfNobody() throws Exception {
    assertThat(askedAfter("load-48").replace("load-48", "NAME"))
        .contains("not-authorized")
        .isEqualTo(askedAfter("load-49").replace("load-49", "NAME"));
  }

  private static String askedAfter(String user) throws IOException, GeneralSecurityException {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      client.startTls(data.resolve("tls.pem"));
      client.open();
      String to = user + "@" + DOMAIN;
      client.send(
          "<message type='chat' id='m' to='%1$s'><body>status</body></message>".formatted(to)
              + "<presence type='probe' id='p' to='%s'/>".formatted(to)
              + "<iq type='get' id='q' to='%s'><ping xmlns='urn:xmpp:ping'/></iq>".formatted(to)
              + "</stream:stream>");
      // The stream's own address is another each time.
      return client.readUntilTheEnd().replaceAll("[0-9a-z]{8,12}(?=[\"'])", "any");
    }
  }

  private static String challenged(String user) throws IOException, GeneralSecurityException {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      client.startTls(data.resolve("tls.pem"));
      client.open();
      return client.challenge(user);
    }
  }

  @Test
  void accountsFollowTheFileWhileTheServerRuns() throws Exception {
    write(account("load-48", PASSWORD), account("gen-2", "first"));
    await().atMost(Duration.ofSeconds(20)).until(() -> logsIn("gen-2", "first"));
    write(account("load-48", PASSWORD), account("gen-2", "second"));
    await().atMost(Duration.ofSeconds(20)).until(() -> logsIn("gen-2", "second"));
    assertThat(logsIn("gen-2", "first")).isFalse();
  }

  @Test
  void onlyTheClientPortListensAndOnlyOnLoopback() throws Exception {
    assertThat(ListeningSockets.of(server.pid())).containsExactly("loopback:" + server.port());
  }

  @Test
  void noFileHoldsAPasswordThatCanBeRead() throws Exception {
    try (var files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(PASSWORD);
      }
    }
  }

  private static boolean logsIn(String user, String password)
      throws IOException, GeneralSecurityException {
    try (PlainClient client = PlainClient.connect(server.port(), DOMAIN)) {
      client.open();
      client.startTls(data.resolve("tls.pem"));
      client.open();
      return client.logIn(user, password);
    }
  }

  private static String account(String user, String password) {
    return "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
  }

  private static void write(String... lines) throws IOException {
    Path draft = folder.resolve("accounts.new");
    Files.write(draft, java.util.List.of(lines));
    Files.move(draft, accounts, StandardCopyOption.REPLACE_EXISTING);
  }
}
