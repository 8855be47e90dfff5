// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.security.Security;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.spi.ConnectionManagerImpl;
import org.jivesoftware.openfire.spi.ConnectionType;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.packet.JID;

/** The one Openfire of this JVM, from its constructor, which starts it, to an orderly end. */
final class EmbeddedServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final XMPPServer server;
  private final HomeFolder home;

  private EmbeddedServer(XMPPServer server, HomeFolder home) {
    this.server = server;
    this.home = home;
  }

  static EmbeddedServer start(HomeFolder home, ServerDatabase database) {
    System.setProperty("openfireHome", home.root().toString());
    // Before the server looks for a pool itself: these three are what it would set first.
    JiveGlobals.setHomeDirectory(home.root().toString());
    JiveGlobals.setConfigName("conf/openfire.xml");
    DbConnectionManager.setConnectionProvider(database);
    Security.insertProviderAt(new TlsBeforeSasl(ServerSettings.MECHANISM), 1);
    XMPPServer server = new XMPPServer();
    if (!server.isStarted()) {
      throw new HostFailure("The server did not start; see " + home.logs().resolve("server.log"));
    }
    return new EmbeddedServer(server, home);
  }

  /**
   * Waits until a client would be served: the port answers, the plugin is loaded and its component
   * is there.
   */
  void awaitReady(
      ServerSettings settings, Optional<String> plugin, String component, Termination termination) {
    await(
        "port " + settings.port() + " does not answer",
        () -> ClientPort.answers(settings.port(), settings.domain()),
        termination);
    LastWords.awaitedBy(
        ((ConnectionManagerImpl) server.getConnectionManager())
            .getSocketAcceptor(ConnectionType.SOCKET_C2S, false));
    plugin.ifPresent(
        name -> {
          // Openfire opens its ports after the first round of its plugin monitor, and only then.
          if (server.getPluginManager().getPlugin(name) == null) {
            throw notReady("the plugin " + name + " was not loaded");
          }
          JID address = new JID(component + "." + settings.domain());
          await(
              "the plugin's component " + address + " is missing",
              () -> server.getRoutingTable().hasComponentRoute(address),
              termination);
        });
  }

  private void await(String otherwise, BooleanSupplier condition, Termination termination) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw notReady(otherwise);
      }
      if (termination.requestedWithin(LOOK_EVERY)) {
        throw new HostFailure("The server was told to stop before it was ready");
      }
    }
  }

  private HostFailure notReady(String reason) {
    return new HostFailure(
        "The server is not ready: " + reason + "; see " + home.logs().resolve("server.log"));
  }

  /**
   * Whether that plugin lets whoever has the token fetch the image of that digest. It is looked up
   * each time, for it may have been loaded anew, and is spoken to by a class of the JDK, for it
   * shares none with this server.
   */
  @SuppressWarnings("unchecked")
  boolean admits(String plugin, String token, String image) {
    return server.getPluginManager().getPlugin(plugin) instanceof BiPredicate<?, ?> doorkeeper
        && ((BiPredicate<String, String>) doorkeeper).test(token, image);
  }

  /** How many nanoseconds so many bytes of an image wait, likewise. */
  long pause(String plugin, int bytes) {
    return server.getPluginManager().getPlugin(plugin) instanceof IntToLongFunction pace
        ? pace.applyAsLong(bytes)
        : 0;
  }

  /** Plugins end first, while sessions, routes and the database are still there for them. */
  @Override
  public void close() {
    server.getPluginManager().shutdown();
    server.stop();
  }
}
