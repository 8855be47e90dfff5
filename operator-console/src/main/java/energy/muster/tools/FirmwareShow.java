// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Show a manifest or a list of releases. It checks nothing: verify does.")
final class FirmwareShow implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private AuthorityOptions options;

  @Parameters(paramLabel = "FILE", description = "The signed manifest or list.")
  private Path file;

  FirmwareShow(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    FirmwareFile read = FirmwareFile.read(file);
    options.print(surroundings, read.json(), read.words() + "\n  not checked");
    return 0;
  }
}
