// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do as they should, and others. */
class HttpSourceTest {
  private static final int CHUNK = 4_096;

  private final byte[] bytes = new byte[3 * CHUNK + 17];
  private final ExecutorService answering = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private Image image;
  private Answer answer = HttpSourceTest::range;

  /** How the server answers. */
  private interface Answer {
    void give(HttpExchange asked, byte[] bytes) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(bytes);
    image = ChunkList.of(new ByteArrayInputStream(bytes), CHUNK).image();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(answering);
    server.createContext(
        "/firmware/" + image.digest(),
        asked -> {
          try (asked) {
            answer.give(asked, bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    answering.shutdownNow();
  }

  private Source source() {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/firmware");
    return new HttpSource(base, Optional.empty(), Duration.ofSeconds(1));
  }

  private static int[] asked(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range").replace("bytes=", "");
    return Arrays.stream(range.split("-", 2)).mapToInt(Integer::parseInt).toArray();
  }

  private static void range(HttpExchange asked, byte[] bytes) throws IOException {
    int[] range = asked(asked);
    head(asked, range, bytes.length);
    asked.sendResponseHeaders(206, range[1] - range[0] + 1);
    asked.getResponseBody().write(bytes, range[0], range[1] - range[0] + 1);
  }

  private static void head(HttpExchange asked, int[] range, int size) {
    asked
        .getResponseHeaders()
        .add("Content-Range", "bytes %d-%d/%d".formatted(range[0], range[1], size));
  }

  private void assertFails(String because) {
    assertThatThrownBy(() -> source().chunk(image, 1))
        .isInstanceOfSatisfying(
            TransferException.class,
            e -> {
              assertThat(e.passing()).isFalse();
              assertThat(e.after()).isZero();
              assertThat(e).hasMessageContaining(because);
            });
  }

  @Test
  void everyPieceIsHadByItsRange() throws TransferException {
    for (int index = 0; index < image.chunks(); index++) {
      assertThat(source().chunk(image, index))
          .isEqualTo(
              Arrays.copyOfRange(
                  bytes, index * CHUNK, Math.min(bytes.length, (index + 1) * CHUNK)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 302, 307, 404, 416, 500, 503})
  void anythingButTheRangeIsAFailure(int status) {
    answer =
        (asked, all) -> {
          asked.getResponseHeaders().add("Location", "/firmware/elsewhere");
          asked.sendResponseHeaders(status, -1);
        };

    assertFails("status " + status);
  }

  @ParameterizedTest
  @CsvSource({
    "503, 7, 7",
    "429, 7, 7",
    "503, 0, 1",
    "503, 86400, 120",
    "503, 'Fri, 31 Dec 1999 23:59:59 GMT', 10",
    "503, -5, 10",
    "503, 99999999999999999999, 10"
  })
  void aServerThatIsBusyAndSaysWhenIsComeBackToThen(int status, String said, long seconds) {
    answer =
        (asked, all) -> {
          asked.getResponseHeaders().add("Retry-After", said);
          asked.sendResponseHeaders(status, -1);
        };

    assertThatThrownBy(() -> source().chunk(image, 1))
        .isInstanceOfSatisfying(
            TransferException.class,
            e -> assertThat(e.after()).isEqualTo(Duration.ofSeconds(seconds)));
  }

  @Test
  void anotherFailureIsNotWaitedForWhateverItSays() {
    answer =
        (asked, all) -> {
          asked.getResponseHeaders().add("Retry-After", "7");
          asked.sendResponseHeaders(500, -1);
        };

    assertFails("status 500");
  }

  @Test
  void itsOwnWordsAreCutShort() {
    answer =
        (asked, all) -> {
          asked.getResponseHeaders().add("Content-Range", "x".repeat(5_000));
          asked.sendResponseHeaders(206, -1);
        };

    assertThatThrownBy(() -> source().chunk(image, 1))
        .isInstanceOfSatisfying(
            TransferException.class, e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void anImageOfAnotherSizeIsAFailure() {
    answer =
        (asked, all) -> {
          int[] range = asked(asked);
          head(asked, range, all.length + 1);
          asked.sendResponseHeaders(206, CHUNK);
          asked.getResponseBody().write(all, range[0], CHUNK);
        };

    assertFails("instead of bytes 4096-8191/12305");
  }

  @Test
  void anotherRangeIsAFailure() {
    answer =
        (asked, all) -> {
          head(asked, new int[] {0, CHUNK - 1}, all.length);
          asked.sendResponseHeaders(206, CHUNK);
          asked.getResponseBody().write(all, 0, CHUNK);
        };

    assertFails("it gives bytes 0-4095");
  }

  @Test
  void endlessDataIsNotReadOn() throws TransferException {
    answer =
        (asked, all) -> {
          int[] range = asked(asked);
          head(asked, range, all.length);
          asked.sendResponseHeaders(206, 0);
          OutputStream out = asked.getResponseBody();
          while (over.getCount() > 0) {
            out.write(all);
          }
        };

    assertThat(source().chunk(image, 1)).hasSizeLessThanOrEqualTo(CHUNK);
    assertThat(source().chunk(image, 1)).isNotEqualTo(Arrays.copyOfRange(bytes, CHUNK, 2 * CHUNK));
  }

  @Test
  void aServerThatDripsIsGivenUp() {
    answer =
        (asked, all) -> {
          int[] range = asked(asked);
          head(asked, range, all.length);
          asked.sendResponseHeaders(206, CHUNK);
          asked.getResponseBody().write(all, range[0], CHUNK / 2);
          asked.getResponseBody().flush();
          await(over);
        };

    assertFails("did not come within 1000 ms");
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() {
    answer = (asked, all) -> await(over);

    assertFails("piece 1");
  }

  @Test
  void nobodyThereIsAFailure() {
    Source source = source();
    server.stop(0);

    assertThatThrownBy(() -> source.chunk(image, 1)).isInstanceOf(TransferException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
