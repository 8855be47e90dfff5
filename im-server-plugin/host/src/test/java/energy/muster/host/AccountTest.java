// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
  @TempDir private Path folder;

  @Test
  void blankLinesAreSkipped() throws IOException {
    Path file = write("{\"user\":\"gen-2\",\"password\":\"x\"}\n\n");
    assertThat(Account.read(file)).containsExactly(new Account("gen-2", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user\":\"Gen-2\",\"password\":\"s3cret\"}",
        "{\"user\":\"a@b\",\"password\":\"s3cret\"}",
        "{\"user\":\"gen-2\",\"password\":\"\"}",
        "{\"user\":\"gen-2\"}",
        "{\"user\":\"gen-2\",\"password\":\"s3cret\",\"role\":\"admin\"}",
        "{\"user\":\"gen-2\",\"password\":\"s3cret\"} x",
        "gen-2 s3cret"
      })
  void aBadLineIsNamedWithoutItsPassword(String line) throws IOException {
    Path file = write("\n" + line + "\n");
    assertThatThrownBy(() -> Account.read(file))
        .isInstanceOf(HostFailure.class)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("s3cret");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("accounts.jsonl"), text);
  }
}
