// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The line of the harness, between a client and a server that are both the test. */
class CableTest {
  private static final int PATIENCE_MILLIS = 5000;
  private static final int GLANCE_MILLIS = 150;

  private ServerSocket server;
  private Cable cable;
  private Socket client;
  private Socket far;

  @BeforeEach
  void lay() throws IOException {
    server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    cable = new Cable("test", server::getLocalPort);
    client = new Socket(InetAddress.getLoopbackAddress(), cable.port());
    far = server.accept();
    client.setSoTimeout(PATIENCE_MILLIS);
    far.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    far.close();
    cable.close();
    server.close();
  }

  private static void silent(Socket end) throws IOException {
    end.setSoTimeout(GLANCE_MILLIS);
    assertThatThrownBy(() -> end.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    end.setSoTimeout(PATIENCE_MILLIS);
  }

  @Test
  void carriesBothWays() throws IOException {
    client.getOutputStream().write(1);
    assertThat(far.getInputStream().read()).isEqualTo(1);
    far.getOutputStream().write(2);
    assertThat(client.getInputStream().read()).isEqualTo(2);
  }

  @Test
  void whatIsHeldOneWayArrivesWhenItIsHealed() throws IOException {
    cable.hold(EnumSet.of(Cable.Way.TO_SERVER));
    client.getOutputStream().write(1);
    far.getOutputStream().write(2);

    assertThat(client.getInputStream().read()).isEqualTo(2);
    silent(far);
    cable.heal();
    assertThat(far.getInputStream().read()).isEqualTo(1);
  }

  @Test
  void whatIsDelayedArrivesLater() throws IOException {
    cable.delay(Duration.ofMillis(2L * GLANCE_MILLIS));
    client.getOutputStream().write(1);

    silent(far);
    assertThat(far.getInputStream().read()).isEqualTo(1);
  }

  @Test
  void whatWasHeldIsLostWhenTheLineIsDropped() throws IOException {
    cable.hold(EnumSet.of(Cable.Way.TO_SERVER));
    client.getOutputStream().write(1);
    silent(far);

    cable.drop();

    assertThat(far.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void aCutLineTakesNoConnectionUntilItIsHealed() throws IOException {
    cable.cut();
    try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), cable.port())) {
      refused.setSoTimeout(PATIENCE_MILLIS);
      assertThat(refused.getInputStream().read()).isEqualTo(-1);
    }

    cable.heal();

    try (Socket again = new Socket(InetAddress.getLoopbackAddress(), cable.port());
        Socket other = server.accept()) {
      again.getOutputStream().write(3);
      other.setSoTimeout(PATIENCE_MILLIS);
      assertThat(other.getInputStream().read()).isEqualTo(3);
    }
  }
}
