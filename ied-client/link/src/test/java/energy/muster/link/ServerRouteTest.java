// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerRouteTest {
  @TempDir private Path folder;

  private final AtomicLong ticker = new AtomicLong();
  private final ServerRoute either =
      new ServerRoute(
          "xmpp.grid.example", 5222, 443, Optional.empty(), Optional.empty(), ticker::get);

  private void pass(Duration time) {
    ticker.addAndGet(time.toNanos());
  }

  private ServerRoute read(String json) {
    return Fields.readAll(Json.parse(json), fields -> ServerRoute.read(fields, folder));
  }

  @Test
  void tcpIsTriedFirst() {
    assertThat(either.next()).isEqualTo(Transport.TCP);
  }

  @Test
  void whereTcpDoesNotGoThroughHttpsIsTried() {
    either.failed(Transport.TCP);
    assertThat(either.next()).isEqualTo(Transport.BOSH);
  }

  @Test
  void whatWorkedIsRemembered() {
    either.failed(Transport.TCP);
    either.worked(Transport.BOSH);
    pass(Duration.ofMinutes(15));
    assertThat(either.next()).isEqualTo(Transport.BOSH);
  }

  @Test
  void nowAndThenTcpIsTriedAgain() {
    either.failed(Transport.TCP);
    either.worked(Transport.BOSH);
    pass(Duration.ofMinutes(15).plusSeconds(1));
    assertThat(either.next()).isEqualTo(Transport.TCP);
    either.failed(Transport.TCP);
    assertThat(either.next()).isEqualTo(Transport.BOSH);
  }

  @Test
  void whereNeitherLeadsToTheServerTheyTakeTurns() {
    either.failed(Transport.TCP);
    either.failed(Transport.BOSH);
    assertThat(either.next()).isEqualTo(Transport.TCP);
  }

  @Test
  void theOneWayOfAConfigurationStays() {
    ServerRoute bosh = ServerRoute.bosh("xmpp.grid.example", 443);
    bosh.failed(Transport.BOSH);
    pass(Duration.ofHours(1));
    assertThat(bosh.next()).isEqualTo(Transport.BOSH);
  }

  @Test
  void aConfigurationThatNamesAHostGoesOverTcp() {
    ServerRoute read = read("{\"host\":\"xmpp.grid.example\"}");
    assertThat(read.next()).isEqualTo(Transport.TCP);
    assertThat(read.port(Transport.TCP)).isEqualTo(5222);
    assertThat(read.port(Transport.BOSH)).isEqualTo(7443);
  }

  @Test
  void aProxyAndItsPasswordAreRead() throws IOException {
    Files.writeString(folder.resolve("proxy.password"), "opens\n");
    ServerRoute read =
        read(
            "{\"host\":\"xmpp.grid.example\",\"transport\":\"bosh\",\"httpsPort\":443,\"proxy\":"
                + "{\"host\":\"edge\",\"port\":3128,\"user\":\"u\","
                + "\"passwordFile\":\"proxy.password\"}}");
    assertThat(read.proxy())
        .contains(new HttpProxy("edge", 3128, Optional.of(new HttpProxy.Login("u", "opens"))));
    assertThat(read.describe(Transport.BOSH))
        .isEqualTo("xmpp.grid.example:443 over HTTPS by way of edge:3128");
  }

  @Test
  void anUnknownTransportIsRefusedByName() {
    assertThatThrownBy(() -> read("{\"host\":\"h\",\"transport\":\"websocket\"}"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("transport is tcp, bosh or auto, not websocket");
  }

  @Test
  void aUserOfAProxyWithoutAPasswordIsRefused() {
    assertThatThrownBy(
            () -> read("{\"host\":\"h\",\"proxy\":{\"host\":\"p\",\"port\":1,\"user\":\"u\"}}"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("user and passwordFile, or neither");
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    assertThatThrownBy(() -> read("{\"host\":\"h\",\"httpsPort\":0}"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("server.httpsPort is 1 to 65535");
  }
}
