// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import picocli.CommandLine.Option;

/** The help option of every command. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  private boolean asked;
}
