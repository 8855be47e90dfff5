// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs tools as a shell would, in one data folder. */
final class Tool {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final Path data;
  private final Map<String, String> environment = new HashMap<>();
  private InstantSource clock = InstantSource.fixed(NOW);

  Tool(Path data) {
    this.data = data;
    environment.put("MUSTER_PASSPHRASE", "secret");
  }

  /** What a run came to. */
  record Result(int status, String out, String err) {}

  Tool with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Tool without(String variable) {
    environment.remove(variable);
    return this;
  }

  Tool at(Instant instant) {
    clock = InstantSource.fixed(instant);
    return this;
  }

  /** Runs a line, its words separated by single spaces, with {@code --data} added. */
  Result run(String line) {
    List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
    arguments.add("--data");
    arguments.add(data.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        ToolsMain.run(
            new Surroundings(clock, environment, new PrintWriter(out), new PrintWriter(err)),
            arguments.toArray(String[]::new));
    return new Result(status, out.toString(), err.toString());
  }
}
