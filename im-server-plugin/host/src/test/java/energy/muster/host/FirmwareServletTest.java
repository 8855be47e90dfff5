// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images are fetched over HTTP, whole and in ranges. */
class FirmwareServletTest {
  private static final String NAME = "RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o";
  private static final String NOT_THERE = "ABNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o";
  private static final String TOKEN = "mF_9.B5f-4.1JqM";

  @TempDir Path folder;
  private final byte[] image = new byte[200_000];
  private final HttpClient client = HttpClient.newHttpClient();
  private Server jetty;

  private volatile Duration pause = Duration.ZERO;
  private final AtomicInteger paused = new AtomicInteger();

  @BeforeEach
  void serve() throws Exception {
    Arrays.fill(image, 100, image.length, (byte) 5);
    Files.write(folder.resolve(NAME), image);
    Files.writeString(folder.resolve("secret"), "no image");
    jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler(null, "/firmware");
    context.addServlet(new ServletHolder(new FirmwareServlet(folder, new Terms())), "/*");
    jetty.setHandler(context);
    jetty.start();
  }

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
  }

  /** Whoever has the token may fetch anything, whether or not it is there. */
  private final class Terms implements ImageTerms {
    @Override
    public boolean admits(String token, String image) {
      return token.equals(TOKEN);
    }

    @Override
    public long pause(int bytes) {
      paused.addAndGet(bytes);
      return pause.toNanos();
    }
  }

  private HttpResponse<byte[]> ask(String method, String name, String... headers)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + TOKEN));
    return askWith(method, name, all.toArray(String[]::new));
  }

  private HttpResponse<byte[]> askWith(String method, String name, String... headers)
      throws IOException, InterruptedException {
    int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/firmware/" + name))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void anImageIsFetchedWhole() throws Exception {
    HttpResponse<byte[]> answer = ask("GET", NAME);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(image);
    assertThat(header(answer, "ETag")).isEqualTo("\"" + NAME + "\"");
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  void aFetchGoesOnWhereItWasCut() throws Exception {
    HttpResponse<byte[]> answer = ask("GET", NAME, "Range", "bytes=150000-");

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes 150000-199999/200000");
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(image, 150_000, 200_000));
  }

  @Test
  void aPieceAndTheEndAreFetchedByThemselves() throws Exception {
    assertThat(ask("GET", NAME, "Range", "bytes=90-109").body())
        .isEqualTo(Arrays.copyOfRange(image, 90, 110));
    assertThat(ask("GET", NAME, "Range", "bytes=-7").body()).hasSize(7);
    assertThat(header(ask("GET", NAME, "Range", "bytes=199999-999999"), "Content-Range"))
        .isEqualTo("bytes 199999-199999/200000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=200000-", "bytes=-0", "bytes=9-8"})
  void aRangeThatIsNotThereIsRefusedWithTheSize(String range) throws Exception {
    HttpResponse<byte[]> answer = ask("GET", NAME, "Range", range);

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */200000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,5-6", "lines=1-2", "bytes=x", "bytes=-"})
  void whatIsNoSingleRangeGetsAll(String range) throws Exception {
    assertThat(ask("GET", NAME, "Range", range).statusCode()).isEqualTo(200);
  }

  @Test
  void ofAnotherImageThanItBeganWithAClientGetsAll() throws Exception {
    assertThat(ask("GET", NAME, "Range", "bytes=5-", "If-Range", "\"other\"").statusCode())
        .isEqualTo(200);
    assertThat(ask("GET", NAME, "If-None-Match", "\"" + NAME + "\"").statusCode()).isEqualTo(304);
  }

  @Test
  void aHeadSaysTheSizeAndSendsNothing() throws Exception {
    HttpResponse<byte[]> answer = ask("HEAD", NAME);

    assertThat(header(answer, "Content-Length")).isEqualTo("200000");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "",
        "..%2Fsecret",
        NOT_THERE,
        "RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o.part"
      })
  void nothingElseIsServed(String name) throws Exception {
    assertThat(ask("GET", name).statusCode()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void withoutAPassNobodyLearnsWhetherAnImageIsThere() throws Exception {
    HttpResponse<byte[]> there = askWith("GET", NAME);
    HttpResponse<byte[]> notThere = askWith("GET", NOT_THERE);

    assertThat(there.statusCode()).isEqualTo(401);
    assertThat(header(there, "WWW-Authenticate")).isEqualTo("Bearer realm=\"firmware\"");
    assertThat(new String(there.body(), StandardCharsets.UTF_8)).contains("urn:muster:firmware:1");
    assertThat(notThere.statusCode()).isEqualTo(401);
    assertThat(notThere.body()).isEqualTo(there.body());
    for (String name : List.of("WWW-Authenticate", "Content-Length", "Content-Type", "ETag")) {
      assertThat(header(notThere, name)).isEqualTo(header(there, name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer another",
        "Bearer mF_9.B5f-4.1JqM x",
        "Bearer mF_9.B5f-4.1Jq",
        "Basic mF_9.B5f-4.1JqM",
        "mF_9.B5f-4.1JqM"
      })
  void anotherTokenOpensNothing(String authorization) throws Exception {
    for (String name : List.of(NAME, NOT_THERE, "secret")) {
      HttpResponse<byte[]> answer = askWith("GET", name, "Authorization", authorization);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("pass");
    }
  }

  @Test
  void aTokenThatIsNoneIsCalledSo() throws Exception {
    assertThat(header(askWith("GET", NAME, "Authorization", "bearer another"), "WWW-Authenticate"))
        .endsWith("error=\"invalid_token\"");
  }

  @Test
  void fortyAtOnceAreServedSixteenAtATimeAndTheOthersAreToldWhenToComeBack() throws Exception {
    // More than the buffers between hold, so that a place is kept until its client reads.
    byte[] large = new byte[16_000_000];
    Files.write(folder.resolve(NAME), large);
    List<HttpResponse<InputStream>> served = new ArrayList<>();
    int waiting = 40;
    boolean held = false;
    while (waiting > 0) {
      int turnedAway = 0;
      for (int i = 0; i < waiting; i++) {
        HttpResponse<InputStream> answer = client.send(request(), BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
          served.add(answer);
        } else {
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(1, 5);
          turnedAway++;
        }
      }
      held |= turnedAway > 0;
      assertThat(served).hasSizeLessThanOrEqualTo(FirmwareServlet.AT_ONCE);
      for (HttpResponse<InputStream> each : served) {
        assertThat(each.body().readAllBytes()).hasSize(large.length);
      }
      served.clear();
      waiting = turnedAway;
    }
    assertThat(held).isTrue();
  }

  private HttpRequest request() {
    int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/firmware/" + NAME))
        .header("Authorization", "Bearer " + TOKEN)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void nobodyWrites(String method) throws Exception {
    assertThat(ask(method, NAME).statusCode()).isEqualTo(405);
  }

  @Test
  void itGoesOutAsSlowlyAsTheServiceSays() throws Exception {
    pause = Duration.ofMillis(200);
    long begin = System.nanoTime();

    HttpResponse<byte[]> all = ask("GET", NAME);

    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(paused).hasValue(all.body().length);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(pause);
  }
}
