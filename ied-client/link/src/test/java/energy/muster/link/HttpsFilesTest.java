// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token is told to the server of the domain and to nobody else. */
final class HttpsFilesTest {
  private static final String DOMAIN = "grid.example";
  private static final String OTHER = "other.example";
  private static final String PATH = "/firmware/abc";

  @TempDir private static Path folder;

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private HttpsServer server;

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    workers.shutdownNow();
  }

  private void serve(String certified, HttpHandler handler) throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(new ServerKeys(folder).context(certified)));
    server.setExecutor(workers);
    server.createContext(
        "/",
        exchange -> {
          heard.add(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      exchange.getRequestHeaders().getFirst("Range")));
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.start();
  }

  private static void give(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private ServerFiles files(String pinned) throws Exception {
    return ServerFiles.open(
        ServerRoute.bosh("127.0.0.1", server.getAddress().getPort()),
        DOMAIN,
        new ServerKeys(folder).pem(pinned),
        Duration.ofSeconds(2));
  }

  private RangeAnswer ask(String pinned) throws Exception {
    try (ServerFiles files = files(pinned)) {
      return files.get(PATH, "tok-en", 10, 14);
    }
  }

  @Test
  void theServerOfTheDomainIsToldTheTokenAndGivesARange() throws Exception {
    serve(
        DOMAIN,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Range", "bytes 10-14/20");
          give(exchange, 206, "piece");
        });

    RangeAnswer answer = ask(DOMAIN);

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.range()).contains("bytes 10-14/20");
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("piece");
    assertThat(heard).containsExactly("/firmware/abc Bearer tok-en bytes=10-14");
  }

  @Test
  void oneConnectionServesManyPieces() throws Exception {
    serve(DOMAIN, exchange -> give(exchange, 206, "piece"));

    try (ServerFiles files = files(DOMAIN)) {
      for (int i = 0; i < 20; i++) {
        assertThat(files.get(PATH, "tok-en", 10, 14).body()).hasSize(5);
      }
    }
    assertThat(heard).hasSize(20);
  }

  @Test
  void aServerOfAnotherDomainHearsNothingThoughItsCertificateIsPinned() throws Exception {
    serve(OTHER, exchange -> give(exchange, 206, "piece"));

    assertThatThrownBy(() -> ask(OTHER)).isInstanceOf(SSLException.class);
    assertThat(heard).isEmpty();
  }

  @Test
  void aServerThatOnlyCallsItselfTheDomainHearsNothing() throws Exception {
    serve(DOMAIN, exchange -> give(exchange, 206, "piece"));

    assertThatThrownBy(() -> ask(OTHER)).isInstanceOf(SSLException.class);
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void theTokenIsNotTakenElsewhere(int status) throws Exception {
    serve(
        DOMAIN,
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          give(exchange, status, "there");
        });

    assertThat(ask(DOMAIN).status()).isEqualTo(status);
    assertThat(heard).hasSize(1);
  }

  @Test
  void whatTheServerCannotDoNowComesWithWhenItCan() throws Exception {
    serve(
        DOMAIN,
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "7");
          give(exchange, 503, "too many");
        });

    RangeAnswer answer = ask(DOMAIN);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.retryAfter()).contains("7");
  }

  @Test
  void aChallengeIsAnAnswerLikeAnyOther() throws Exception {
    serve(
        DOMAIN,
        exchange -> {
          exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"firmware\"");
          give(exchange, 401, "ask for a pass");
        });

    assertThat(ask(DOMAIN).status()).isEqualTo(401);
    assertThat(heard).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 206, 404})
  void endlessDataIsNotReadOn(int status) throws Exception {
    serve(
        DOMAIN,
        exchange -> {
          exchange.sendResponseHeaders(status, 0);
          while (over.getCount() > 0) {
            exchange.getResponseBody().write(new byte[8_192]);
          }
        });

    assertThatThrownBy(() -> ask(DOMAIN)).isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
    serve(
        DOMAIN,
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    assertThatThrownBy(() -> ask(DOMAIN)).isInstanceOf(IOException.class);
  }
}
