// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoshDoorIT {
  private static final String DOMAIN = "grid.example";
  private static final String PASSWORD = "kept-nowhere-to-be-read";
  private static final String TERMS = "wait='1' hold='1' ver='1.6'";

  @TempDir private static Path folder;

  private static ServerProcess server;
  private static int port;

  private BoshByHand client;

  @BeforeAll
  static void startServer() throws IOException {
    Path accounts = folder.resolve("accounts.jsonl");
    Files.writeString(accounts, "{\"user\":\"load-48\",\"password\":\"%s\"}\n".formatted(PASSWORD));
    server =
        ServerProcess.start(
            folder.resolve("data"), "--accounts", accounts.toString(), "--https-port", "0");
    port = server.ready().get("httpsPort").intValue();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void newClient() throws Exception {
    client = new BoshByHand(port, DOMAIN, folder.resolve("data").resolve("tls.pem"));
  }

  @Test
  void nothingElseIsListenedOn() throws Exception {
    assertThat(ListeningSockets.of(server.pid()))
        .containsExactlyInAnyOrder("loopback:" + port, "loopback:" + server.port());
  }

  @Test
  void plainHttpIsNotServed() throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
      plain.setSoTimeout(10_000);
      plain
          .getOutputStream()
          .write("POST /http-bind/ HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      plain.shutdownOutput();
      assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("HTTP");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ws/", "/crossdomain.xml", "/plugins/", "/http-bindings"})
  void thereIsNothingBesideBosh(String path) throws Exception {
    assertThat(client.ask("GET", path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "OPTIONS", "PUT", "DELETE", "TRACE"})
  void otherMethodsThanPostAreRefusedAndNoOtherOriginIsInvited(String method) throws Exception {
    BoshByHand.Answer answer = client.ask(method, "/http-bind/?isBoshAvailable");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.text()).doesNotContain("Access-Control").doesNotContain("Jetty(");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shed load-48",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='1'",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='1'><iq></body>",
        "<body xmlns='http://jabber.org/protocol/httpbind'/>",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='-1'/>",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='9007199254740992'/>",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='99999999999999999999'/>",
        "<body xmlns='urn:other' rid='1'/>",
        "<other xmlns='http://jabber.org/protocol/httpbind' rid='1'/>",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='1'><iq/></body>",
        "<!DOCTYPE body [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
            + "<body xmlns='http://jabber.org/protocol/httpbind' rid='1'>&a;</body>",
        "<!DOCTYPE body [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
            + "<body xmlns='http://jabber.org/protocol/httpbind' rid='1' to='&b;'/>"
      })
  void whatIsNoBodyIsABadRequest(String body) throws Exception {
    assertThat(client.post(body).status()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsTooDeepIsABadRequest() throws Exception {
    client.open(TERMS);
    String deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);
    assertThat(client.send(deep).status()).isEqualTo(400);
  }

  @Test
  void aBodyLongerThanAStanzaMayBeIsNotRead() throws Exception {
    String head = BoshByHand.head("POST /http-bind/", "Content-Length: 1048577");
    assertThat(client.say(head).status()).isEqualTo(413);
  }

  @Test
  void aBodyWithoutALengthIsNotRead() throws Exception {
    String head = BoshByHand.head("POST /http-bind/", "Transfer-Encoding: chunked");
    assertThat(client.say(head).status()).isEqualTo(411);
  }

  @Test
  void aSessionThatIsNotThereIsNotFound() throws Exception {
    assertThat(client.send("").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait='-1' hold='-1' ver='1.6'",
        "wait='999999' hold='999999' ver='9'",
        "wait='x' hold='' ver=''"
      })
  void theTermsOfASessionHaveBounds(String terms) throws Exception {
    assertThat(client.open(terms).text())
        .containsPattern(" wait=\"(1|30)\"")
        .contains(" hold=\"1\"", " requests=\"2\"", " inactivity=\"15\"", " maxpause=\"1\"");
  }

  @Test
  void nothingIsRoutedBeforeTheLogin() throws Exception {
    client.open(TERMS);
    assertThat(
            client
                .send(
                    "<iq xmlns='jabber:client' type='get' id='r'>"
                        + "<query xmlns='jabber:iq:roster'/></iq>")
                .text())
        .doesNotContain("type=\"result\"");
  }

  @Test
  void aWrongPasswordLetsNobodyIn() throws Exception {
    client.open(TERMS);
    assertThat(client.logIn("load-48", "guessed")).isFalse();
  }

  private void logIn() {
    // The account may still be in the making.
    await()
        .until(
            () -> {
              newClient();
              return client.open(TERMS).status() == 200 && client.logIn("load-48", PASSWORD);
            });
  }

  @Test
  void stanzasOfOneBodyAreAnsweredInTheirOrder() throws Exception {
    logIn();
    String answers = client.send(ping("a") + ping("b") + ping("c")).text() + client.send("").text();
    answers += client.send("").text() + client.send("").text();
    assertThat(answers).containsSubsequence("id=\"a\"", "id=\"b\"", "id=\"c\"");
  }

  @Test
  void whatComesTwiceIsTakenOnce() throws Exception {
    logIn();
    long request = client.next();
    assertThat(client.send(request, ping("a")).text()).containsOnlyOnce("id=\"a\"");
    assertThat(client.send(request, ping("a")).text()).containsOnlyOnce("id=\"a\"");
    assertThat(client.send(ping("b")).text()).contains("id=\"b\"").doesNotContain("id=\"a\"");
    assertThat(client.send("").text()).doesNotContain("id=\"a\"");
  }

  @Test
  void whatOvertakesWaitsForItsTurn() throws Exception {
    logIn();
    long first = client.next();
    long second = client.next();
    CompletableFuture<BoshByHand.Answer> overtaking =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.send(second, ping("b"));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(client.send(first, ping("a")).text()).contains("id=\"a\"");
    assertThat(overtaking.join().text() + client.send("").text()).contains("id=\"b\"");
  }

  @Test
  void aNumberTooFarAheadEndsTheSession() throws Exception {
    logIn();
    assertThat(client.send(client.next() + 5, ping("a")).text())
        .contains("type=\"terminate\"", "item-not-found");
    assertThat(client.send("").status()).isEqualTo(404);
  }

  @Test
  void whatIsNoStanzaEndsTheSession() throws Exception {
    logIn();
    client.send("<shed xmlns='urn:other'>load-48</shed>");
    assertThat(client.send("").status()).isEqualTo(404);
  }

  @Test
  void aStanzaGoesOutUnderTheSendersOwnAddress() throws Exception {
    logIn();
    assertThat(
            client
                .send(
                    "<iq xmlns='jabber:client' from='op-1@%1$s/x' to='%1$s' type='get' id='p'>"
                            .formatted(DOMAIN)
                        + "<ping xmlns='urn:xmpp:ping'/></iq>")
                .text())
        .contains("to=\"load-48@" + DOMAIN);
  }

  @Test
  void nothingIsRoutedToOtherServers() throws Exception {
    logIn();
    assertThat(
            client
                .send(
                    "<iq xmlns='jabber:client' to='elsewhere.example' type='get' id='p'>"
                        + "<ping xmlns='urn:xmpp:ping'/></iq>")
                .text())
        .contains("type=\"error\"");
  }

  @Test
  void aClientThatTakesItsLeaveIsForgotten() throws Exception {
    logIn();
    assertThat(client.send(client.next(), "type='terminate'", "").text())
        .contains("type=\"terminate\"");
    assertThat(client.send("").status()).isEqualTo(404);
  }

  private static String ping(String id) {
    return "<iq xmlns='jabber:client' to='%s' type='get' id='%s'><ping xmlns='urn:xmpp:ping'/></iq>"
        .formatted(DOMAIN, id);
  }
}
