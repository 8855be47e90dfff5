// SPDX-License-Identifier: Apache-2.0
package energy.muster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Rights;
import energy.muster.command.Verb;
import energy.muster.identity.Role;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/protocol.md says what the code does: its examples are the golden files, its lists are the
 * enums.
 */
class ProtocolPageTest {
  private static final Path PAGE = Path.of("..", "docs", "protocol.md");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  static Stream<Path> goldenFiles() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      List<Path> found = files.filter(Files::isRegularFile).sorted().toList();
      return found.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void showsEveryGoldenFileAsItIs(Path file) throws IOException {
    assertThat(page()).contains("\n" + Files.readString(file).strip() + "\n```");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void explainsEveryReason(Reason reason) throws IOException {
    assertThat(page()).contains("| `" + reason.wire() + "` |");
  }

  @ParameterizedTest
  @EnumSource(DeliveryState.class)
  void explainsEveryState(DeliveryState state) throws IOException {
    assertThat(page()).contains("| `" + state.wire() + "` |");
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void namesTheRolesOfEveryVerb(Verb verb) throws IOException {
    String roles = Rights.rolesFor(verb).stream().map(Role::wire).collect(Collectors.joining(", "));

    assertThat(page()).contains("| `" + verb.wire() + "` | " + roles + " |");
  }

  @ParameterizedTest
  @EnumSource(Quantity.class)
  void namesTheUnitOfEveryQuantity(Quantity quantity) throws IOException {
    assertThat(page()).contains("`" + quantity.wire() + "` " + quantity.unit());
  }

  @Test
  void namesTheVersionsOfItsLists() throws IOException {
    assertThat(page())
        .contains("Verbs, list version " + Verb.LIST_VERSION + ":")
        .contains("Reasons, list version " + Reason.LIST_VERSION + ":");
  }

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }
}
