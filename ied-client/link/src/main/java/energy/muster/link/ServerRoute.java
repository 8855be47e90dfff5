// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.json.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How to get to the server, and which way worked last; all links of a process to one server share
 * it, so that a thousand devices behind a firewall do not each find out.
 */
public final class ServerRoute {
  /** Where the server that comes with Muster serves BOSH, unless told otherwise. */
  public static final int HTTPS_PORT = 7443;

  private static final String AUTO = "auto";
  private static final int XMPP_PORT = 5222;
  private static final int MAX_PORT = 65_535;
  private static final Duration TCP_AGAIN_AFTER = Duration.ofMinutes(15);

  private final String host;
  private final int port;
  private final int httpsPort;
  private final Optional<Transport> only;
  private final Optional<HttpProxy> proxy;
  private final LongSupplier ticker;
  private Transport preferred;
  private long tcpFailedAt;

  /**
   * @param host name or address; the certificate is checked against the account's domain
   * @param only the one way to take; without it TCP, and BOSH where that does not go through
   * @param ticker nanoseconds, as of {@link System#nanoTime}
   */
  ServerRoute(
      String host,
      int port,
      int httpsPort,
      Optional<Transport> only,
      Optional<HttpProxy> proxy,
      LongSupplier ticker) {
    this.host = Objects.requireNonNull(host);
    this.port = requirePort(port, "server.port");
    this.httpsPort = requirePort(httpsPort, "server.httpsPort");
    this.only = only;
    this.proxy = proxy;
    this.ticker = ticker;
    this.preferred = only.orElse(Transport.TCP);
  }

  /** Straight there. */
  public static ServerRoute tcp(String host, int port) {
    return new ServerRoute(
        host, port, HTTPS_PORT, Optional.of(Transport.TCP), Optional.empty(), System::nanoTime);
  }

  /** Over HTTPS alone. */
  public static ServerRoute bosh(String host, int httpsPort) {
    return new ServerRoute(
        host,
        XMPP_PORT,
        httpsPort,
        Optional.of(Transport.BOSH),
        Optional.empty(),
        System::nanoTime);
  }

  /** The part of a configuration that says so, but for its {@code tlsAnchors}. */
  public static ServerRoute read(Fields server, Path folder) {
    String transport = server.optionalText("transport").orElse(Transport.TCP.wire());
    return new ServerRoute(
        server.text("host"),
        Math.toIntExact(server.optionalInteger("port").orElse(XMPP_PORT)),
        Math.toIntExact(server.optionalInteger("httpsPort").orElse(HTTPS_PORT)),
        transport.equals(AUTO) ? Optional.empty() : Optional.of(Transport.named(transport)),
        server.optionalObject("proxy").map(proxy -> proxy.all(it -> HttpProxy.read(it, folder))),
        System::nanoTime);
  }

  public String host() {
    return host;
  }

  /** Of XMPP over TCP. */
  public int port() {
    return port;
  }

  int port(Transport transport) {
    return transport == Transport.TCP ? port : httpsPort;
  }

  Optional<HttpProxy> proxy() {
    return proxy;
  }

  /** Which way the next connection goes. */
  synchronized Transport next() {
    boolean tcpAgain =
        only.isEmpty()
            && preferred != Transport.TCP
            && ticker.getAsLong() - tcpFailedAt > TCP_AGAIN_AFTER.toNanos();
    return tcpAgain ? Transport.TCP : preferred;
  }

  /** A client has logged in this way. */
  synchronized void worked(Transport way) {
    preferred = way;
  }

  /** This way did not lead to the server: the next goes another one, if it may. */
  synchronized void failed(Transport way) {
    if (way == Transport.TCP) {
      tcpFailedAt = ticker.getAsLong();
    }
    preferred = only.orElse(way == Transport.TCP ? Transport.BOSH : Transport.TCP);
  }

  static int requirePort(int port, String name) {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(name + " is 1 to 65535, not " + port);
    }
    return port;
  }

  /** Where a connection goes, for a log. */
  String describe(Transport way) {
    return host
        + ":"
        + port(way)
        + (way == Transport.BOSH ? " over HTTPS" : "")
        + proxy.map(through -> " by way of " + through).orElse("");
  }

  @Override
  public String toString() {
    return host + ":" + port(preferred);
  }
}
