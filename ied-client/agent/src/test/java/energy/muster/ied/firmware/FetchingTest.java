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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which source a piece comes from when the first will not give it now. */
class FetchingTest {
  private static final int CHUNK = 4_096;
  private static final int AT_ONCE = 16;
  private static final int DEVICES = 40;

  private final byte[] bytes = new byte[2 * CHUNK];
  private final List<Duration> rests = new CopyOnWriteArrayList<>();
  private final AtomicInteger second = new AtomicInteger();
  private ChunkList list;

  @BeforeEach
  void anImage() throws IOException {
    new Random(3).nextBytes(bytes);
    list = ChunkList.of(new ByteArrayInputStream(bytes), CHUNK);
  }

  private byte[] piece(int index) {
    return Arrays.copyOfRange(bytes, index * CHUNK, (index + 1) * CHUNK);
  }

  /** What a source does when it is asked. */
  private interface Answer {
    byte[] give(int index) throws TransferException;
  }

  private record Given(String name, Answer answer) implements Source {
    @Override
    public Duration apart() {
      return Duration.ZERO;
    }

    @Override
    public byte[] chunk(Image image, int index) throws TransferException {
      return answer.give(index);
    }
  }

  private Source second() {
    return new Given(
        "second",
        index -> {
          second.incrementAndGet();
          return piece(index);
        });
  }

  private Fetching fetching(Source first) {
    return new Fetching(
        List.of(first, second()),
        new Control((control, time) -> rests.add(time)),
        new Fetching.Course() {
          @Override
          public void turn() {}

          @Override
          public void paused(boolean paused) {}

          @Override
          public Instant now() {
            return Instant.EPOCH;
          }
        });
  }

  @Test
  void aSourceThatIsBusyIsWaitedForAsLongAsItSaysHoweverOften() throws Exception {
    int[] asked = {0};
    Source busy =
        new Given(
            "first",
            index -> {
              asked[0]++;
              if (asked[0] <= 20) {
                throw TransferException.later("busy", Duration.ofSeconds(7));
              }
              return piece(index);
            });

    assertThat(fetching(busy).chunk(list, 0)).isEqualTo(piece(0));
    assertThat(rests).hasSize(20).containsOnly(Duration.ofSeconds(7));
    assertThat(second).hasValue(0);
  }

  @Test
  void oneThatIsAlwaysBusyIsLeftForTheNextAfterAQuarterOfAnHour() throws Exception {
    Source busy =
        new Given(
            "first",
            index -> {
              throw TransferException.later("busy", Duration.ofMinutes(2));
            });

    assertThat(fetching(busy).chunk(list, 0)).isEqualTo(piece(0));
    assertThat(second).hasValue(1);
    assertThat(rests.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(15), Duration.ofMinutes(18));
  }

  @Test
  void waitingDoesNotUseUpTheTriesThatFail() throws Exception {
    int[] asked = {0};
    Source source =
        new Given(
            "first",
            index -> {
              asked[0]++;
              throw asked[0] % 2 == 1
                  ? TransferException.later("busy", Duration.ofSeconds(3))
                  : TransferException.failed("it is broken");
            });

    assertThat(fetching(source).chunk(list, 0)).isEqualTo(piece(0));
    assertThat(asked[0]).isEqualTo(6);
    assertThat(second).hasValue(1);
  }

  @Test
  void anUpdateThatIsStoppedDoesNotWaitOn() {
    Control control =
        new Control(
            (own, time) -> {
              own.stop();
            });
    Source busy =
        new Given(
            "first",
            index -> {
              throw TransferException.later("busy", Duration.ofSeconds(7));
            });
    Fetching fetching =
        new Fetching(
            List.of(busy),
            control,
            new Fetching.Course() {
              @Override
              public void turn() {}

              @Override
              public void paused(boolean paused) {}

              @Override
              public Instant now() {
                return Instant.EPOCH;
              }
            });

    assertThatThrownBy(() -> fetching.chunk(list, 0)).isInstanceOf(Control.Stopped.class);
  }

  /** A server that serves so many at a time, and holds the first until all have asked. */
  private final class Busy {
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final CountDownLatch all = new CountDownLatch(DEVICES);
    private final AtomicInteger turnedAway = new AtomicInteger();

    void give(HttpExchange asked) throws IOException {
      try (asked) {
        boolean placed = places.tryAcquire();
        all.countDown();
        if (!placed) {
          turnedAway.incrementAndGet();
          asked.getResponseHeaders().add("Retry-After", "3");
          asked.sendResponseHeaders(503, -1);
          return;
        }
        try {
          all.await();
          String[] range =
              asked.getRequestHeaders().getFirst("Range").replace("bytes=", "").split("-", 2);
          asked
              .getResponseHeaders()
              .add("Content-Range", "bytes %s-%s/%d".formatted(range[0], range[1], bytes.length));
          asked.sendResponseHeaders(206, CHUNK);
          asked.getResponseBody().write(bytes, Integer.parseInt(range[0]), CHUNK);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } finally {
          places.release();
        }
      }
    }
  }

  @Test
  void fortyAtOnceAllHaveItFromAServerThatServesSixteen() throws Exception {
    Busy busy = new Busy();
    ExecutorService answering = Executors.newCachedThreadPool();
    ExecutorService devices = Executors.newFixedThreadPool(DEVICES);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(answering);
    server.createContext("/", busy::give);
    server.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/firmware");
      List<Callable<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < DEVICES; i++) {
        all.add(
            () ->
                fetching(new HttpSource(base, Optional.empty(), Duration.ofSeconds(20)))
                    .chunk(list, 1));
      }
      for (Future<byte[]> each : devices.invokeAll(all)) {
        assertThat(each.get()).isEqualTo(piece(1));
      }
    } finally {
      server.stop(0);
      devices.shutdownNow();
      answering.shutdownNow();
    }
    assertThat(busy.turnedAway.get()).isGreaterThanOrEqualTo(DEVICES - AT_ONCE);
    assertThat(rests).hasSize(busy.turnedAway.get()).containsOnly(Duration.ofSeconds(3));
    assertThat(second).hasValue(0);
  }
}
