// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpsPostTest {
  private static final String DOMAIN = "grid.example";

  @TempDir private Path folder;

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch answering = new CountDownLatch(1);
  private HttpsServer server;
  private volatile String heard = "";

  @AfterEach
  void stop() {
    answering.countDown();
    server.stop(0);
    workers.shutdownNow();
  }

  private void serve(String certified, int status) throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(new ServerKeys(folder).context(certified)));
    server.setExecutor(workers);
    server.createContext(
        "/http-bind/",
        exchange -> {
          heard = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer = "<body/>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.createContext("/elsewhere", exchange -> heard = "followed");
    server.start();
  }

  private HttpsPost post(String pinned) throws IOException, InterruptedException {
    return new HttpsPost(
        ServerRoute.bosh("127.0.0.1", server.getAddress().getPort()),
        DOMAIN,
        TlsAnchors.load(new ServerKeys(folder).pem(pinned)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10));
  }

  @Test
  void aServerOfTheDomainIsBelievedByWhateverNameItWasReached() throws Exception {
    serve(DOMAIN, 200);
    try (HttpsPost post = post(DOMAIN)) {
      assertThat(post.post("<a/>")).isEqualTo("<body/>");
    }
    assertThat(heard).isEqualTo("<a/>");
  }

  @Test
  void aPinnedCertificateForAnotherDomainIsRefused() throws Exception {
    serve("other.example", 200);
    try (HttpsPost post = post("other.example")) {
      assertThatThrownBy(() -> post.post("<a/>")).isInstanceOf(SSLException.class);
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void aCertificateForTheDomainThatIsNotPinnedIsRefused() throws Exception {
    serve(DOMAIN, 200);
    try (HttpsPost post = post("other.example")) {
      assertThatThrownBy(() -> post.post("<a/>")).isInstanceOf(SSLException.class);
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void aSessionThatIsNotKnownIsNotWorthAnotherTry() throws Exception {
    serve(DOMAIN, 404);
    try (HttpsPost post = post(DOMAIN)) {
      assertThatThrownBy(() -> post.post("<a/>"))
          .isInstanceOf(HttpPost.HttpRefusal.class)
          .hasMessage("the server knows no such session (HTTP 404)");
    }
  }

  @Test
  void whatAServerCannotDoNowIsWorthAnotherTry() throws Exception {
    serve(DOMAIN, 503);
    try (HttpsPost post = post(DOMAIN)) {
      assertThatThrownBy(() -> post.post("<a/>"))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(HttpPost.HttpRefusal.class);
    }
  }

  @Test
  void nobodyIsFollowedElsewhere() throws Exception {
    serve(DOMAIN, 302);
    try (HttpsPost post = post(DOMAIN)) {
      assertThatThrownBy(() -> post.post("<a/>")).isInstanceOf(HttpPost.HttpRefusal.class);
    }
    assertThat(heard).isEqualTo("<a/>");
  }

  @Test
  void closingEndsWhatIsOnItsWay() throws Exception {
    serve(DOMAIN, 200);
    server.removeContext("/http-bind/");
    server.createContext(
        "/http-bind/",
        exchange -> {
          heard = "begun";
          try {
            answering.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    HttpsPost post = post(DOMAIN);
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return post.post("<a/>");
              } catch (IOException e) {
                return "ended";
              }
            },
            workers);
    await().until(() -> heard.equals("begun"));
    post.close();
    assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("ended");
  }
}
