// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.bench.BenchCommand;
import energy.muster.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code muster demo | scenario | bench}. */
@Command(
    name = "muster",
    description = "Runs Muster's demo, stories and benchmarks.",
    mixinStandardHelpOptions = true,
    subcommands = {DemoCommand.class, ScenarioCommand.class, BenchCommand.class})
public final class ScenarioMain {
  private ScenarioMain() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new ScenarioMain())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }
}
