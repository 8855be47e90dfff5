// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that runs the embedded server until it is told to stop. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description =
        "Runs an Openfire 4.2.0 with TLS only, on loopback only. SIGTERM stops it in good order.")
public final class HostMain implements Callable<Integer> {
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "All the server's files (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("muster-data", "server");

  @Option(names = "--domain", description = "The XMPP domain (default: ${DEFAULT-VALUE}).")
  private String domain = "grid.example";

  @Option(
      names = "--port",
      description = "For XMPP clients; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port = 5222;

  @Option(
      names = "--https-port",
      description =
          "For clients over HTTPS (BOSH, /http-bind/); 0 takes a free one, -1 none, the default.")
  private int httpsPort = -1;

  @Option(
      names = "--plugin",
      paramLabel = "PATH",
      description = "A plugin jar to load, copied when it changed.")
  private Path plugin;

  @Option(
      names = "--component",
      defaultValue = "muster",
      description = "The component that the plugin adds, awaited (default: ${DEFAULT-VALUE}).")
  private String component;

  @Option(
      names = "--accounts",
      paramLabel = "FILE",
      description =
          "Lines of {\"user\":…,\"password\":…} to have as accounts; read again when it changes.")
  private Path accounts;

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "An Openfire property; stays until another value is given.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--tls-p12",
      paramLabel = "FILE",
      description = "The TLS key and certificate; its passphrase in MUSTER_TLS_PASSPHRASE.")
  private Path tlsPkcs12;

  @Option(names = "--json", description = "One JSON object a line instead of text.")
  private boolean json;

  private final Clock clock;
  private final Termination termination;
  private final Deque<AutoCloseable> undo = new ArrayDeque<>();

  private HostMain(Clock clock, Termination termination) {
    this.clock = clock;
    this.termination = termination;
  }

  public static void main(String[] arguments) {
    Termination termination = Termination.watched();
    HostMain host = new HostMain(Clock.systemUTC(), termination);
    int status;
    try {
      status =
          new CommandLine(host)
              .setExecutionExceptionHandler((failure, command, parsed) -> tell(failure))
              .execute(arguments);
    } catch (LinkageError e) {
      // A jar is missing or of another version: Openfire finds out only when it needs the class.
      status = tell(e);
    }
    termination.finish(status);
  }

  @Override
  public Integer call() {
    int status = 0;
    try {
      serve();
    } catch (HostFailure e) {
      status = tell(e);
    } finally {
      status = Math.max(status, undoAll());
    }
    return status;
  }

  private void serve() {
    if (!DOMAIN.matcher(domain.toLowerCase(Locale.ROOT)).matches()) {
      throw new HostFailure("Not a domain: " + domain);
    }
    HomeFolder home = new HomeFolder(data);
    home.lay();
    HomeLock lock = HomeLock.take(home);
    undo.push(lock);
    PrintStream out = ServerLog.begin(home);
    ServerSettings settings =
        new ServerSettings(
            domain.toLowerCase(Locale.ROOT),
            ClientPort.free(port),
            httpsPort < 0 ? httpsPort : ClientPort.free(httpsPort));
    Secrets secrets = Secrets.of(home);
    Optional<String> pluginName = Optional.ofNullable(plugin).map(home::place);
    layTls(home, settings, secrets);

    ServerDatabase database = ServerDatabase.open(home, secrets, lock);
    undo.push(database);
    refuseOtherDomain(database, settings);
    Map<String, String> told = settings.properties(secrets);
    told.putAll(properties);
    database.put(told);

    EmbeddedServer server = EmbeddedServer.start(home, database);
    undo.push(server);
    if (accounts != null) {
      undo.push(AccountKeeper.keep(accounts));
    }
    server.awaitReady(settings, pluginName, component, termination);
    if (settings.httpsPort() > 0) {
      undo.push(
          BoshDoor.open(
              home,
              secrets,
              settings.httpsPort(),
              BoshTerms.USUAL,
              imageTerms(server, pluginName)));
    }
    out.println(ready(settings));
    out.flush();
    termination.awaitRequest();
  }

  private static ImageTerms imageTerms(EmbeddedServer server, Optional<String> pluginName) {
    return new ImageTerms() {
      @Override
      public boolean admits(String token, String image) {
        return pluginName.filter(name -> server.admits(name, token, image)).isPresent();
      }

      @Override
      public long pause(int bytes) {
        return pluginName.map(name -> server.pause(name, bytes)).orElse(0L);
      }
    };
  }

  private void layTls(HomeFolder home, ServerSettings settings, Secrets secrets) {
    TlsIdentity identity = new TlsIdentity(home, settings.domain(), secrets);
    if (tlsPkcs12 == null) {
      identity.ensure(clock.instant());
      return;
    }
    String passphrase = System.getenv("MUSTER_TLS_PASSPHRASE");
    if (passphrase == null) {
      throw new HostFailure("--tls-p12 needs its passphrase in MUSTER_TLS_PASSPHRASE");
    }
    identity.replace(tlsPkcs12, passphrase.toCharArray(), clock.instant());
  }

  private static void refuseOtherDomain(ServerDatabase database, ServerSettings settings) {
    database
        .property(ServerSettings.DOMAIN)
        .filter(earlier -> !earlier.equals(settings.domain()))
        .ifPresent(
            earlier -> {
              throw new HostFailure(
                  "The data folder belongs to the domain %s; %s needs another folder"
                      .formatted(earlier, settings.domain()));
            });
  }

  private String ready(ServerSettings settings) {
    long pid = ProcessHandle.current().pid();
    long millis = ManagementFactory.getRuntimeMXBean().getUptime();
    if (!json) {
      String https = settings.httpsPort() > 0 ? " and HTTPS on " + settings.httpsPort() : "";
      return "Server of %s ready on 127.0.0.1:%d%s (process %d, %d ms)"
          .formatted(settings.domain(), settings.port(), https, pid, millis);
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "ready");
    event.put("port", settings.port());
    if (settings.httpsPort() > 0) {
      event.put("httpsPort", settings.httpsPort());
    }
    event.put("domain", settings.domain());
    event.put("pid", pid);
    event.put("millis", millis);
    try {
      return new JsonMapper().writeValueAsString(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int undoAll() {
    int status = 0;
    while (!undo.isEmpty()) {
      try {
        undo.pop().close();
      } catch (Exception | LinkageError e) {
        LoggerFactory.getLogger(HostMain.class).error("Could not stop in good order", e);
        status = 1;
      }
    }
    return status;
  }

  private static int tell(Throwable failure) {
    if (failure instanceof HostFailure) {
      System.err.println("muster server: " + failure.getMessage());
      return 1;
    }
    LoggerFactory.getLogger(HostMain.class).error("The server failed", failure);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
