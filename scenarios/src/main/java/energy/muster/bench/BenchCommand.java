// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.json.Json;
import energy.muster.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
    name = "bench",
    description = {
      "Measures on a real server of its own, with real processes, against a bare XMPP ping in the same run.",
      "rtt: from submit to the verified outcome of one device."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "What to measure: rtt (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(
      names = "--blocks",
      description = "How many blocks of 50 of each kind (default: ${DEFAULT-VALUE}).")
  private int blocks = 20;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The disk that counts (default: a temporary folder).")
  private Optional<Path> data = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (String name : names) {
      if (!name.equals("rtt")) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "there is no bench '" + name + "'; there is rtt");
      }
    }
    Path folder = data.isPresent() ? data.get() : Files.createTempDirectory("muster-bench-");
    try {
      RttReport report = new RttBench(folder, blocks).run();
      System.out.println(json ? Json.text(report.json()) : report.text());
      return 0;
    } catch (StageFailure | ExecutionException | TimeoutException e) {
      System.err.println("muster bench: " + e.getMessage() + " (files in " + folder + ")");
      return 1;
    }
  }
}
