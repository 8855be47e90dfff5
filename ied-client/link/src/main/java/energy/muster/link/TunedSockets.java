// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;

/**
 * Sockets for one connection: without Nagle's delay, which costs a small stanza up to 40 ms, and
 * with keep-alive; through the proxy, if there is one. Remembers the last, so that a connection can
 * be cut below TLS, whose orderly close waits for a peer that may be frozen.
 */
final class TunedSockets extends SocketFactory {
  private final ServerRoute route;
  private final AtomicReference<Socket> last = new AtomicReference<>();

  TunedSockets(ServerRoute route) {
    this.route = route;
  }

  /** What the sockets are to be connected to; a proxy looks the server's name up itself. */
  InetAddress address() throws IOException {
    return route.proxy().isPresent()
        ? InetAddress.getLoopbackAddress()
        : InetAddress.getByName(route.host());
  }

  @Override
  public Socket createSocket() throws SocketException {
    Socket socket =
        route
            .proxy()
            .<Socket>map(proxy -> new TunnelSocket(proxy, route.host(), route.port()))
            .orElseGet(Socket::new);
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    last.set(socket);
    return socket;
  }

  /** Ends the connection at once; both sides' readers and writers see it. */
  void cut() throws IOException {
    Socket socket = last.get();
    if (socket != null) {
      socket.close();
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connectedByCaller();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw connectedByCaller();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connectedByCaller();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw connectedByCaller();
  }

  private static UnsupportedOperationException connectedByCaller() {
    return new UnsupportedOperationException("Smack connects its sockets itself");
  }
}
