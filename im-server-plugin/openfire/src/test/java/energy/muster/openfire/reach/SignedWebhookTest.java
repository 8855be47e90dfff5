// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import energy.muster.json.Json;
import energy.muster.service.reach.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real HTTPS server on the loopback. */
final class SignedWebhookTest {
  private static final ServerKey KEY = ServerKey.of("localhost");
  private static final Instant NOW = Instant.parse("2026-07-01T12:09:00Z");
  private static final byte[] SECRET = new byte[24];

  private record Post(String path, Map<String, String> headers, String body) {}

  @TempDir Path folder;

  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private HttpsServer server;
  private int answer = 204;

  @BeforeEach
  void serve() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(KEY.context()));
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new HashMap<>();
          exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.get(0)));
          posts.add(
              new Post(
                  exchange.getRequestURI().getPath(),
                  headers,
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI address() {
    return URI.create("https://localhost:" + server.getAddress().getPort() + "/alarms");
  }

  private Path secrets(byte[]... all) throws IOException {
    return Files.writeString(
        folder.resolve("secret"),
        Stream.of(all)
            .map(secret -> "whsec_" + Base64.getEncoder().encodeToString(secret))
            .collect(Collectors.joining("\n")));
  }

  private Webhook webhook(ServerKey believed) throws IOException {
    Map<String, String> properties =
        Map.of(
            Outposts.WEBHOOK_SECRET_FILE,
            secrets(SECRET).toString(),
            Outposts.WEBHOOK_ANCHORS,
            believed.pem(folder.resolve("tls.pem")).toString());
    return Outposts.of(properties::get, "grid.example", () -> NOW, Runnable::run).webhook();
  }

  private static void post(Webhook webhook, URI to) {
    webhook.post(to, Errands.golden()).toCompletableFuture().join();
  }

  private static void assertNotTaken(Webhook webhook, URI to, String because) {
    assertThatThrownBy(() -> post(webhook, to))
        .hasCauseInstanceOf(NotTaken.class)
        .hasMessageContaining(because);
  }

  /** As a receiver checks it. */
  private static String signature(byte[] secret, Post post) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String signed =
        post.headers().get("Webhook-id")
            + "."
            + post.headers().get("Webhook-timestamp")
            + "."
            + post.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theOtherSideGetsTheAlarmAndCanCheckWhoSaysSo() throws Exception {
    post(webhook(KEY), address());

    Post post = posts.get(0);
    assertThat(post.path()).isEqualTo("/alarms");
    assertThat(post.headers())
        .containsEntry("Content-type", "application/json")
        .containsEntry("Webhook-id", Errands.ID.text())
        .containsEntry("Webhook-timestamp", String.valueOf(NOW.getEpochSecond()))
        .containsEntry("Webhook-signature", signature(SECRET, post));
    assertThat(Json.parse(post.body()).at("/data/alarm/number").asInt()).isEqualTo(42);
    assertThat(Json.parse(post.body()).at("/data/site").asText()).isEqualTo("ieee123");
    assertThat(Json.parse(post.body()).at("/type").asText()).isEqualTo("alarm.unattended");
  }

  @Test
  void whileASecretIsReplacedBothSign() throws Exception {
    Webhook webhook = webhook(KEY);
    byte[] next = new byte[32];
    next[0] = 1;
    secrets(SECRET, next);

    post(webhook, address());

    Post post = posts.get(0);
    assertThat(post.headers().get("Webhook-signature"))
        .isEqualTo(signature(SECRET, post) + " " + signature(next, post));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 404, 500, 503})
  void anAnswerThatTakesItNotIsAFailureAndIsFollowedNowhere(int status) throws Exception {
    answer = status;

    assertNotTaken(webhook(KEY), address(), "answered the webhook with " + status);
    assertThat(posts).hasSize(1);
  }

  @Test
  void aServerWithAnothersCertificateGetsNothing() throws Exception {
    assertNotTaken(webhook(ServerKey.of("localhost")), address(), "localhost did not take");
    assertThat(posts).isEmpty();
  }

  @Test
  void aServerByAnotherNameThanItsCertificateGetsNothing() throws Exception {
    URI byNumber = URI.create(address().toString().replace("localhost", "127.0.0.1"));

    assertNotTaken(webhook(KEY), byNumber, "127.0.0.1 did not take");
    assertThat(posts).isEmpty();
  }

  @Test
  void nothingGoesWithoutTls() throws Exception {
    assertNotTaken(webhook(KEY), URI.create("http://localhost/"), "https");
  }

  @Test
  void aServerThatIsNotThereIsAFailure() throws Exception {
    URI gone = address();
    server.stop(0);

    assertNotTaken(webhook(KEY), gone, "localhost did not take");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_c2hvcnQ=", "plain words", "whsec_%%%"})
  void aSecretThatIsNoneIsNamedAndNotShown(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("bad"), text);
    Webhook webhook =
        Outposts.of(
                Map.of(Outposts.WEBHOOK_SECRET_FILE, file.toString())::get,
                "grid.example",
                () -> NOW,
                Runnable::run)
            .webhook();

    assertThatThrownBy(() -> post(webhook, address()))
        .hasMessageContaining("no alarm leaves by webhook")
        .satisfies(
            said -> assertThat(text.isEmpty() || !said.getMessage().contains(text)).isTrue());
  }

  @Test
  void withoutASecretEachTrySaysSo() {
    Webhook webhook = Outposts.of(name -> null, "grid.example", () -> NOW, Runnable::run).webhook();

    assertNotTaken(webhook, address(), Outposts.WEBHOOK_SECRET_FILE);
  }
}
