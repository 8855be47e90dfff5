// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TunnelSocketTest {
  private static final InetSocketAddress ANYWHERE =
      InetSocketAddress.createUnresolved("nowhere.invalid", 1);

  private ServerSocket proxy;

  @BeforeEach
  void listen() throws IOException {
    proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
  }

  private TunnelSocket socket(Optional<HttpProxy.Login> login) {
    return new TunnelSocket(
        new HttpProxy("127.0.0.1", proxy.getLocalPort(), login), "xmpp.grid.example", 5222);
  }

  /** Says that once, and returns what it was asked. */
  private CompletableFuture<String> answering(String text) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket client = proxy.accept()) {
            byte[] request = new byte[1024];
            int length = client.getInputStream().read(request);
            client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(request, 0, length, StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void theServerIsNamedToTheProxyAndNotLookedUpHere() throws IOException {
    CompletableFuture<String> asked = answering("HTTP/1.1 200 OK\r\nVia: edge\r\n\r\n");
    try (TunnelSocket socket = socket(Optional.empty())) {
      socket.connect(ANYWHERE, 10_000);
    }
    assertThat(asked.join())
        .isEqualTo(
            "CONNECT xmpp.grid.example:5222 HTTP/1.1\r\nHost: xmpp.grid.example:5222\r\n\r\n");
  }

  @Test
  void whatFollowsTheAnswerIsTheServers() throws IOException {
    var unused = answering("HTTP/1.0 200 OK\r\n\r\nfrom the server");
    try (TunnelSocket socket = socket(Optional.empty())) {
      socket.connect(ANYWHERE, 10_000);
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("from the server");
    }
  }

  @Test
  void aLoginIsSaidToTheProxy() throws IOException {
    CompletableFuture<String> asked = answering("HTTP/1.1 200 OK\r\n\r\n");
    try (TunnelSocket socket = socket(Optional.of(new HttpProxy.Login("edge", "opens")))) {
      socket.connect(ANYWHERE, 10_000);
    }
    assertThat(asked.join()).contains("\r\nProxy-Authorization: Basic ZWRnZTpvcGVucw==\r\n");
  }

  @Test
  void aRefusalIsToldWithItsStatus() throws IOException {
    var unused = answering("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    try (TunnelSocket socket = socket(Optional.empty())) {
      assertThatThrownBy(() -> socket.connect(ANYWHERE, 10_000))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("xmpp.grid.example:5222: HTTP 407");
    }
  }

  @Test
  void whatIsNoProxyIsRefused() throws IOException {
    var unused = answering("220 mail.example ESMTP\r\n\r\n");
    try (TunnelSocket socket = socket(Optional.empty())) {
      assertThatThrownBy(() -> socket.connect(ANYWHERE, 10_000))
          .hasMessageContaining("does not speak HTTP");
    }
  }

  @Test
  void aSilentProxyIsNotWaitedForWithoutAnEnd() throws IOException {
    try (TunnelSocket socket = socket(Optional.empty())) {
      assertThatThrownBy(() -> socket.connect(ANYWHERE, 50))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }
}
