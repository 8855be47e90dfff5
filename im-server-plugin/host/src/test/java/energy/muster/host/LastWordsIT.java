// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was asked before the end of a stream is answered before its end. */
class LastWordsIT {
  private static final String DOMAIN = "grid.example";
  private static final int STREAMS = 200;
  private static final int AT_ONCE = 4;
  private static final int IN_FLIGHT = 8;
  private static final int PINGS = 10_000;

  @TempDir private static Path folder;

  private static Path data;
  private static ServerProcess server;

  @BeforeAll
  static void startServer() throws Exception {
    data = folder.resolve("data");
    Path accounts = folder.resolve("accounts.jsonl");
    Files.writeString(accounts, "{\"user\":\"load-48\",\"password\":\"kept\"}\n");
    server = ServerProcess.start(data, "--accounts", accounts.toString());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void answersInFlightArriveBeforeTheEnd() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<String>> streams = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        streams.add(LastWordsIT::askAndLeave);
      }
      for (Future<String> stream : clients.invokeAll(streams)) {
        assertThat(stream.get())
            .contains("id=\"p" + (IN_FLIGHT - 1) + "\"")
            .endsWith("</stream:stream>");
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void aLongSessionWithManyInFlightStaysWhole() throws Exception {
    try (PlainClient client = loggedIn()) {
      CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> askAll(client));
      String answers = client.readUntil("id=\"p" + (PINGS - 1) + "\"");
      asked.join();
      assertThat(answers.split("<iq ", -1)).hasSize(PINGS + 1);
    }
  }

  private static void askAll(PlainClient client) {
    try {
      for (int i = 0; i < PINGS; i++) {
        client.send(ping(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String askAndLeave() throws Exception {
    try (PlainClient client = loggedIn()) {
      StringBuilder words = new StringBuilder();
      for (int i = 0; i < IN_FLIGHT; i++) {
        words.append(ping(i));
      }
      client.send(words + "</stream:stream>");
      return client.readUntilTheEnd();
    }
  }

  private static PlainClient loggedIn() throws Exception {
    PlainClient client = PlainClient.connect(server.port(), DOMAIN);
    client.open();
    client.startTls(data.resolve("tls.pem"));
    client.open();
    assertThat(client.logIn("load-48", "kept")).isTrue();
    client.open();
    client.send(
        "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
            + "<iq type='set' id='s'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>");
    client.readUntil("id=\"s\"");
    return client;
  }

  private static String ping(int number) {
    return "<iq type='get' id='p%d' to='%s'><ping xmlns='urn:xmpp:ping'/></iq>"
        .formatted(number, DOMAIN);
  }
}
