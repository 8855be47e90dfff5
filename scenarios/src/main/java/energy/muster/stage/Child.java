// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One program of ours in a process of its own, speaking a JSON object a line on its output.
 * Everything it says is also kept in a log file; it dies with its parent.
 */
public final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int LAST_LINES = 20;

  private final String name;
  private final Process process;
  private final Path log;
  private final List<ObjectNode> events = new ArrayList<>();
  private final Thread reader;
  private final Thread undertaker;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.undertaker = new Thread(process::destroyForcibly, name + "-undertaker");
    Runtime.getRuntime().addShutdownHook(undertaker);
    this.reader = new Thread(this::read, name + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** A program that reads nothing. */
  static Child start(String name, List<String> command, Path log) {
    Child child = converse(name, command, log);
    try {
      child.process.getOutputStream().close();
      return child;
    } catch (IOException e) {
      throw new StageFailure(name + " could not be started", e);
    }
  }

  /** A program that reads what is {@linkplain #say said} to it. */
  static Child converse(String name, List<String> command, Path log) {
    try {
      Files.createDirectories(log.getParent());
      return new Child(name, new ProcessBuilder(command).redirectErrorStream(true).start(), log);
    } catch (IOException e) {
      throw new StageFailure(name + " could not be started", e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter copy = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line);
        copy.newLine();
        copy.flush();
        if (line.startsWith("{")) {
          note(line);
        }
      }
    } catch (IOException e) {
      // Its end of the pipe is gone: the process was killed, which await() reports.
      synchronized (events) {
        events.notifyAll();
      }
    } finally {
      synchronized (events) {
        events.notifyAll();
      }
    }
  }

  private void note(String line) {
    try {
      ObjectNode event = Json.parseLarge(line);
      synchronized (events) {
        events.add(event);
        events.notifyAll();
      }
    } catch (Refused notJson) {
      // A log line that happens to begin with a brace; it is in the log file.
      return;
    }
  }

  /** The first event of that name, said already or said within the time. */
  public ObjectNode await(String event, Duration within) {
    return await(event, all -> true, within);
  }

  public ObjectNode await(String event, Predicate<ObjectNode> which, Duration within) {
    return first(0, said -> said.path("event").asText().equals(event) && which.test(said), within)
        .orElseThrow(
            () ->
                new StageFailure(
                    name
                        + (process.isAlive()
                            ? " did not say '" + event + "' within " + within.toSeconds() + " s"
                            : " ended with " + process.exitValue() + " before '" + event + "'")
                        + ":\n"
                        + tail()));
  }

  /**
   * The first such event, said already or within the time; none also if the process ends.
   *
   * @param from how many events before it are passed over
   */
  public Optional<ObjectNode> first(int from, Predicate<ObjectNode> which, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    int next = from;
    synchronized (events) {
      while (true) {
        for (; next < events.size(); next++) {
          if (which.test(events.get(next))) {
            return Optional.of(events.get(next));
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || (!process.isAlive() && !reader.isAlive())) {
          return Optional.empty();
        }
        try {
          events.wait(Math.min(left, 200));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new StageFailure("interrupted while waiting for " + name, e);
        }
      }
    }
  }

  public List<ObjectNode> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** Writes one line to its input. */
  public void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new StageFailure(name + " does not listen:\n" + tail(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public Path log() {
    return log;
  }

  /** SIGKILL: the sockets close, nothing is said. */
  public void kill() {
    process.destroyForcibly();
    join();
  }

  /** SIGSTOP: silence on open sockets. */
  public void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void thaw() {
    signal("CONT");
  }

  /** The exit status of one that ends by itself within the time. */
  public int ended(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StageFailure(
            name + " did not end within " + within.toSeconds() + " s:\n" + tail());
      }
      reader.join(PATIENCE.toMillis());
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageFailure("interrupted while waiting for " + name, e);
    }
  }

  /** SIGTERM, and its exit status. */
  public int terminate() {
    process.destroy();
    if (!join()) {
      process.destroyForcibly();
      throw new StageFailure(
          name + " did not stop within " + PATIENCE.toSeconds() + " s:\n" + tail());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      // A frozen process takes no SIGTERM.
      signal("CONT");
      process.destroy();
      if (!join()) {
        process.destroyForcibly();
        join();
      }
    }
    Runtime.getRuntime().removeShutdownHook(undertaker);
  }

  private boolean join() {
    try {
      boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (ended) {
        reader.join(PATIENCE.toMillis());
      }
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageFailure("interrupted while waiting for " + name, e);
    }
  }

  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start();
      if (kill.waitFor() != 0 && process.isAlive()) {
        throw new StageFailure("kill -" + signal + " did not reach " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageFailure("interrupted while signalling " + name, e);
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))
          + "\n(all of it in "
          + log
          + ")";
    } catch (IOException e) {
      return "(no output in " + log + ")";
    }
  }

  @Override
  public String toString() {
    return name + "[" + process.pid() + "]";
  }
}
