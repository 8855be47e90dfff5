// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied;

import energy.muster.ied.config.AgentConfig;
import energy.muster.ied.config.ConfigException;
import energy.muster.ied.journal.JournalException;
import energy.muster.link.Links;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/muster ied}: runs a device, or a gateway for many, until it is told to stop. */
@Command(
    name = "muster ied",
    mixinStandardHelpOptions = true,
    description = "Runs one device, or a gateway for many, until SIGTERM.",
    footer = "Prints one line an event. Exit status 0 only after a stop with goodbye.")
public final class AgentMain implements Callable<Integer> {
  private static final String SHUTDOWN = "shut down";

  /** Exit status that asks {@code bin/muster} to start the device again, with another firmware. */
  private static final int START_AGAIN = 86;

  /** Set by {@code bin/muster} where it does so. */
  private static final String SUPERVISED = "MUSTER_SUPERVISED";

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, JSON; paths in it are relative to its folder.")
  private Path config;

  @Option(names = "--json", description = "Print one JSON object an event.")
  private boolean json;

  @Option(names = "--verbose", description = "Let the libraries log what they do, to stderr.")
  private boolean verbose;

  @Option(
      names = "--clock-offset",
      paramLabel = "DURATION",
      defaultValue = "PT0S",
      description =
          "For tests: judges time as if the system clock were this far off, such as PT-1H (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration clockOffset;

  private AgentMain() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new AgentMain()).setOut(out).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "debug" : "error");
    CompletableFuture<Agent> starting = new CompletableFuture<>();
    EventLog log = new EventLog(spec.commandLine().getOut(), json, InstantSource.system());
    if (System.getenv(SUPERVISED) != null) {
      endWithSupervisor();
    }
    // Before the start, so that a signal in the middle of it finds someone who takes leave.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(starting, log, SHUTDOWN, 0), "stop"));
    try {
      starting.complete(
          Agent.start(
              AgentConfig.read(config),
              log,
              Links::open,
              InstantSource.offset(InstantSource.system(), clockOffset),
              reason -> stop(starting, log, reason, START_AGAIN)));
      new CountDownLatch(1).await();
      return 0;
    } catch (ConfigException | JournalException e) {
      spec.commandLine().getErr().println("muster ied: " + e.getMessage());
      return 1;
    } finally {
      starting.cancel(false);
    }
  }

  // Whoever started it holds the other end of its input: when that is gone, nobody would start it
  // again, and a second one could be started beside it.
  private static void endWithSupervisor() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // As good as its end.
              }
              Runtime.getRuntime().halt(1);
            },
            "supervisor");
    watch.setDaemon(true);
    watch.start();
  }

  // A signal ends the JVM with 128 + its number; a stop that went well is a success. A start that
  // failed keeps its own status.
  private static void stop(
      CompletableFuture<Agent> starting, EventLog log, String reason, int status) {
    starting
        .handle((agent, failed) -> Optional.ofNullable(agent))
        .join()
        .ifPresent(
            agent -> {
              agent.stop(reason);
              log.close();
              Runtime.getRuntime().halt(status);
            });
  }
}
