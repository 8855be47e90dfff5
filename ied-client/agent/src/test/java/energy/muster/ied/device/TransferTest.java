// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import energy.muster.ied.fixture.FirmwareDouble;
import energy.muster.ied.fixture.Orders;
import energy.muster.link.RangeAnswer;
import energy.muster.link.ServerFiles;
import energy.muster.outcome.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which way an image comes to a device, and who is told its pass. */
final class TransferTest extends UpgradableDevice {
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final List<Headers> foreign = new CopyOnWriteArrayList<>();
  private Optional<HttpServer> depot = Optional.empty();

  @AfterEach
  void close() {
    depot.ifPresent(server -> server.stop(0));
  }

  private byte[] range(long first, long last) {
    return Arrays.copyOfRange(service.image(), (int) first, (int) last + 1);
  }

  /** The server that the session is with. */
  private final class Door implements ServerFiles {
    @Override
    public RangeAnswer get(String path, String token, long first, long last) {
      tokens.add(token);
      return new RangeAnswer(
          206,
          Optional.of("bytes %d-%d/%d".formatted(first, last, service.image().length)),
          Optional.empty(),
          range(first, last));
    }

    @Override
    public void close() {}
  }

  /** Somebody else's, which asks for a login before it gives anything, or does not. */
  private URI depot(boolean challenges) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        asked -> {
          try (asked) {
            foreign.add(asked.getRequestHeaders());
            if (challenges) {
              asked.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"firmware\"");
              asked.sendResponseHeaders(401, -1);
              return;
            }
            String[] asks =
                asked.getRequestHeaders().getFirst("Range").replace("bytes=", "").split("-", 2);
            byte[] bytes = range(Long.parseLong(asks[0]), Long.parseLong(asks[1]));
            asked
                .getResponseHeaders()
                .add(
                    "Content-Range",
                    "bytes %s-%s/%d".formatted(asks[0], asks[1], service.image().length));
            asked.sendResponseHeaders(206, bytes.length);
            asked.getResponseBody().write(bytes);
          }
        });
    server.start();
    depot = Optional.of(server);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/firmware");
  }

  @Test
  void overHttpsFromItsServerWithOnePassAndNothingOverXmpp() {
    httpFirst = true;
    door = Door::new;
    start();
    ordered();
    restarted();

    assertThat(service.passes()).isEqualTo(1);
    assertThat(tokens).hasSize(6).containsOnly(FirmwareDouble.TOKEN);
    assertThat(service.given()).isEmpty();
  }

  @Test
  void overXmppWhereItsServerHasNoHttps() {
    httpFirst = true;
    start();
    ordered();
    restarted();

    assertThat(service.given()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void fromAnotherServerWithoutAPassWhichIsNotEvenAskedFor() throws IOException {
    httpFirst = true;
    http = Optional.of(depot(false));
    door = Door::new;
    start();
    assertThat(result(orderedAndRestarted())).isInstanceOf(Result.Executed.class);

    assertThat(foreign).hasSize(6).noneMatch(headers -> headers.containsKey("Authorization"));
    assertThat(service.passes()).isZero();
    assertThat(tokens).isEmpty();
    assertThat(service.given()).isEmpty();
  }

  private Orders orderedAndRestarted() {
    Orders order = ordered();
    restarted();
    return order;
  }

  @Test
  void anotherServerThatAsksForATokenIsToldNone() throws IOException {
    httpFirst = true;
    http = Optional.of(depot(true));
    door = Door::new;
    start();
    ordered();
    restarted();

    assertThat(foreign).isNotEmpty().noneMatch(headers -> headers.containsKey("Authorization"));
    assertThat(service.passes()).isZero();
    assertThat(service.given()).hasSize(6);
  }
}
