// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.console.session.Confirmation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

final class PlainInputTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static PlainInput input(String text) {
    return new PlainInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theLineAfterAQuestionIsItsAnswer() {
    PlainInput in = input("open sw3\n yes \nopen sw4\nwho\nclose sw4\n");
    Confirmation asking = in.asking(new PrintStream(out, true, StandardCharsets.UTF_8));
    Iterator<String> lines = in.lines().iterator();

    assertThat(lines.next()).isEqualTo("open sw3");
    assertThat(asking.ask("open sw3?")).isTrue();
    assertThat(lines.next()).isEqualTo("open sw4");
    assertThat(asking.ask("open sw4?")).isFalse();
    assertThat(lines.next()).isEqualTo("close sw4");
    assertThat(asking.ask("close sw4?")).as("whoever has left").isFalse();
    assertThat(lines.hasNext()).isFalse();
    assertThat(out).asString().contains("open sw3? [y/N]", "close sw4? [y/N]");
  }
}
