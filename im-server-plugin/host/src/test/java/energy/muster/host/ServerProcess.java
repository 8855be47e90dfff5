// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, started from the packaged jars as a user would. */
final class ServerProcess implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;

  private final Process process;
  private final Path errors;
  private final JsonNode ready;

  private ServerProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.ready = firstLine(process);
  }

  /** Starts a server on a free port and returns when it is ready, or has ended without being so. */
  static ServerProcess start(Path data, String... options) {
    return start(Map.of(), data, options);
  }

  static ServerProcess start(Map<String, String> environment, Path data, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add("target/*:target/lib/*");
    command.add(HostMain.class.getName());
    command.addAll(List.of("--data", data.toString(), "--json"));
    if (!List.of(options).contains("--port")) {
      command.addAll(List.of("--port", "0"));
    }
    command.addAll(List.of(options));
    try {
      Path errors = Files.createTempFile(data.toAbsolutePath().getParent(), "stderr", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      return new ServerProcess(builder.start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode firstLine(Process process) {
    try {
      String line =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? null : new JsonMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode ready() {
    if (ready == null) {
      throw new AssertionError("The server ended before it was ready: " + errors());
    }
    return ready;
  }

  int port() {
    return ready().get("port").intValue();
  }

  long pid() {
    return process.pid();
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The server did not end: " + errors());
    }
    return process.exitValue();
  }

  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
