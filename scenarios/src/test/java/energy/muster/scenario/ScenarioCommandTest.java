// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is refused before any story plays. */
class ScenarioCommandTest {
  private final StringWriter errors = new StringWriter();

  private int execute(String... arguments) {
    return new CommandLine(new ScenarioCommand())
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  @Test
  void aFolderThatAStoryLeftIsNotUsedAgain(@TempDir Path data) throws Exception {
    Path used = Files.createDirectories(data.resolve("disk-full"));

    assertThat(execute("two-sessions-one-device", "disk-full", "--data", data.toString()))
        .isEqualTo(2);
    assertThat(errors.toString()).contains(used + " exists already");
    assertThat(data.resolve("two-sessions-one-device")).doesNotExist();
  }

  @Test
  void aStoryThatThereIsNotIsNamed() {
    assertThat(execute("no-such-story")).isEqualTo(2);
    assertThat(errors.toString()).contains("no-such-story");
  }
}
