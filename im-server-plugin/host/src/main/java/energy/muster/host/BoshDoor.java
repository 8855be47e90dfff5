// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.net.InetAddress;
import java.time.Duration;
import javax.servlet.http.HttpServlet;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.HandlerCollection;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jivesoftware.openfire.http.HttpBindManager;

/**
 * The HTTPS port of BOSH clients: {@code /http-bind/}, and {@code /firmware/} for devices that
 * fetch an image, and nothing else, on loopback, by the server's own TLS certificate. In place of
 * Openfire's, which also serves files, WebSocket and a policy for Flash, and reads bodies without a
 * limit.
 */
final class BoshDoor implements AutoCloseable {
  static final String PATH = "/http-bind";
  static final String FIRMWARE = "/firmware";

  private static final int THREADS = 64;
  private static final int WAITING_CONNECTIONS = 128;
  private static final int LONGEST_HEADERS = 8 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Server jetty;

  private BoshDoor(Server jetty) {
    this.jetty = jetty;
  }

  /**
   * @param images on what terms they are handed out
   */
  static BoshDoor open(
      HomeFolder home, Secrets secrets, int port, BoshTerms terms, ImageTerms images) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("bosh");
    Server jetty = new Server(threads);
    ServerConnector connector =
        new ServerConnector(
            jetty,
            new SslConnectionFactory(tls(home, secrets), "http/1.1"),
            new HttpConnectionFactory(http(port)));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(WAITING_CONNECTIONS);
    jetty.addConnector(connector);
    ErrorHandler errors = new ErrorHandler();
    errors.setShowStacks(false);
    HandlerCollection handlers = new ContextHandlerCollection();
    handlers.addHandler(
        context(
            PATH,
            new BoshServlet(HttpBindManager.getInstance().getSessionManager(), terms),
            errors));
    handlers.addHandler(context(FIRMWARE, new FirmwareServlet(home.images(), images), errors));
    jetty.setHandler(handlers);
    jetty.addBean(errors);
    try {
      jetty.start();
    } catch (Exception e) {
      throw new HostFailure("Port " + port + " cannot serve BOSH: " + e.getMessage(), e);
    }
    return new BoshDoor(jetty);
  }

  private static ServletContextHandler context(
      String path, HttpServlet servlet, ErrorHandler errors) {
    ServletContextHandler context = new ServletContextHandler(null, path);
    context.setAllowNullPathInfo(true);
    context.setErrorHandler(errors);
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    return context;
  }

  private static SslContextFactory tls(HomeFolder home, Secrets secrets) {
    SslContextFactory tls = new SslContextFactory();
    tls.setKeyStorePath(home.keystore().toString());
    tls.setKeyStoreType(TlsIdentity.STORE_TYPE);
    tls.setKeyStorePassword(secrets.keystore());
    // This Jetty is older than TLS 1.3 and does not know its half-closed connections.
    tls.setIncludeProtocols("TLSv1.2");
    tls.setIncludeCipherSuites("TLS_ECDHE_.*_GCM_.*");
    tls.setRenegotiationAllowed(false);
    return tls;
  }

  private static HttpConfiguration http(int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSecureScheme("https");
    http.setSecurePort(port);
    http.setRequestHeaderSize(LONGEST_HEADERS);
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.addCustomizer(new SecureRequestCustomizer());
    return http;
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new HostFailure("The port of BOSH clients could not be closed", e);
    }
  }
}
