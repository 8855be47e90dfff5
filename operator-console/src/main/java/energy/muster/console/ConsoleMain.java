// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import energy.muster.console.face.Face;
import energy.muster.console.face.JsonFace;
import energy.muster.console.face.Paint;
import energy.muster.console.face.TerminalFace;
import energy.muster.console.face.TextFace;
import energy.muster.console.language.Help;
import energy.muster.console.session.Confirmation;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Setup;
import energy.muster.identity.BareJid;
import energy.muster.link.ServerRoute;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/muster console}. */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description = "An operator's console: who is there, and orders that are signed and answered.")
public final class ConsoleMain implements Callable<Integer> {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

  /** Before the first prompt, so that it can complete names; the rest comes when it comes. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  @Option(names = "--config", paramLabel = "FILE", description = "configuration as JSON")
  private Path config;

  @Option(names = "--host", description = "the server (127.0.0.1)")
  private String host = "127.0.0.1";

  @Option(names = "--port", description = "its XMPP port (5222)")
  private int port = 5222;

  @Option(names = "--jid", description = "your account, such as op-1@grid.example")
  private String jid;

  @Option(names = "--password-file", paramLabel = "FILE", description = "the account's password")
  private Path passwordFile;

  @Option(names = "--identity", paramLabel = "P12", description = "your key, PKCS#12")
  private Path identity;

  @Option(
      names = "--tls-anchors",
      paramLabel = "PEM",
      description = "whom to believe as the server")
  private Path tlsAnchors;

  @Option(names = "--trust-anchors", paramLabel = "PEM", description = "the site's authorities")
  private Path trustAnchors;

  @Option(names = "--site", description = "the network's name")
  private String site;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description =
          "run these lines (- is standard input, each as it comes) and leave; 0 only if each succeeded")
  private String script;

  @Option(
      names = "--keep-going",
      description = "with lines from a file or a pipe: also after one that failed")
  private boolean keepGoing;

  @Option(names = "--json", description = "lines in, one JSON object a line out")
  private boolean json;

  @Option(names = "--no-color", description = "no colours; so does NO_COLOR")
  private boolean noColor;

  @Option(
      names = "--yes",
      description = "do not ask before an order; nor is a file or a pipe asked")
  private boolean yes;

  @Option(names = "--data", paramLabel = "DIR", description = "where history is kept (muster-data)")
  private Path data = Path.of("muster-data");

  @Spec private CommandSpec spec;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] arguments) {
    // What the link logs, a person is told as an event; a log line would tear the one being typed.
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "error");
    }
    System.exit(new CommandLine(new ConsoleMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      ConsoleConfig settings = settings();
      if (script != null && !script.equals("-")) {
        return runLines(settings, Files.readAllLines(Path.of(script)).stream(), Confirmation.GIVEN);
      }
      PlainInput in = new PlainInput(System.in);
      if (script != null || json) {
        return runLines(settings, in.lines(), Confirmation.GIVEN);
      }
      try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
        if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
          return converse(settings, terminal);
        }
      }
      // Not a terminal at all, or one that can only print: lines in, lines out.
      return PlainInput.isTyped()
          ? hold(settings, in)
          : runLines(settings, in.lines(), Confirmation.GIVEN);
    } catch (NoSuchFileException e) {
      return complain("there is no file " + e.getMessage());
    } catch (IOException | Refused | IllegalArgumentException e) {
      return complain(e.getMessage());
    }
  }

  private int complain(String what) {
    spec.commandLine().getErr().println("muster: " + what);
    return 1;
  }

  private ConsoleConfig settings() throws IOException {
    if (config != null) {
      return ConsoleConfig.read(config);
    }
    return new ConsoleConfig(
        required("--site", site),
        ServerRoute.tcp(host, port),
        required("--tls-anchors", tlsAnchors),
        required("--trust-anchors", trustAnchors),
        BareJid.parse(required("--jid", jid)),
        required("--password-file", passwordFile),
        required("--identity", identity),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private <T> T required(String option, T value) {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(), "without --config, " + option + " is needed");
    }
    return value;
  }

  private int converse(ConsoleConfig settings, Terminal terminal)
      throws IOException, InterruptedException {
    Paint paint = plain() ? Paint.PLAIN : Paint.COLOURED;
    TerminalFace person = new TerminalFace(terminal, paint);
    Face face = new TextFace(paint, ZoneId.systemDefault(), person);
    Setup setup =
        Opening.setup(settings, identity -> person.secret("passphrase of " + identity + ": "));
    Confirmation confirmation = yes ? Confirmation.GIVEN : person::confirm;
    try (ConsoleSession session = Opening.open(settings, setup, confirmation, face)) {
      session.awaitReady(FIRST_LOOK);
      person.converse(
          session, settings.site(), settings.history().orElse(data.resolve("console-history")));
    }
    return 0;
  }

  /** With a person who cannot be given a prompt; a mistake is no reason to leave. */
  private int hold(ConsoleConfig settings, PlainInput in) throws IOException, InterruptedException {
    out.println(Help.FIRST);
    keepGoing = true;
    return runLines(settings, in.lines(), yes ? Confirmation.GIVEN : in.asking(out));
  }

  private int runLines(ConsoleConfig settings, Stream<String> lines, Confirmation confirmation)
      throws IOException, InterruptedException {
    Face face =
        json
            ? new JsonFace(out::println)
            : new TextFace(Paint.PLAIN, ZoneId.systemDefault(), out::println);
    Setup setup = Opening.setup(settings, ConsoleMain::askAtTerminal);
    try (ConsoleSession session = Opening.open(settings, setup, confirmation, face)) {
      if (!session.awaitReady(CONNECT_WITHIN)) {
        return complain(
            "no session at " + settings.server() + " within " + CONNECT_WITHIN.toSeconds() + " s");
      }
      String prompt = settings.jid().local() + "@" + settings.site() + "> ";
      return new Script(session, face, prompt, keepGoing).run(lines) ? 0 : 1;
    }
  }

  private static Optional<char[]> askAtTerminal(Path identity) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      return terminal.getType().startsWith(Terminal.TYPE_DUMB)
          ? Optional.empty()
          : new TerminalFace(terminal, Paint.PLAIN).secret("passphrase of " + identity + ": ");
    }
  }

  private boolean plain() {
    String said = System.getenv("NO_COLOR");
    return noColor || (said != null && !said.isEmpty());
  }
}
