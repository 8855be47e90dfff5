// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

  @ParameterizedTest
  @CsvSource({
    "deliverBy, 2026-07-01T11:59:59Z",
    "executeBy, 2026-07-01T12:01:00Z",
    "executeBy, 2026-07-08T12:00:01Z",
    "until, 2026-07-01T12:00:00Z",
  })
  void anImpossibleTimeIsAnInvalidArgument(String field, String instant) {
    assertRefused(tree -> tree.put(field, instant), Reason.INVALID_ARGUMENT);
  }

  @Test
  void executionOutsideItsWindowIsAnInvalidArgument() {
    assertRefused(tree -> tree.put("executeAt", "2026-07-01T13:00:00Z"), Reason.INVALID_ARGUMENT);
  }

  @Test
  void aTimeThatIsNotUtcIsMalformed() {
    assertRefused(tree -> tree.put("deliverBy", "2026-07-01 12:02"), Reason.MALFORMED);
  }

  @Test
  void anUnknownVerbIsUnsupported() {
    assertRefused(tree -> tree.put("verb", "explode"), Reason.UNSUPPORTED);
  }

  @Test
  void anArgumentTheVerbDoesNotKnowIsMalformed() {
    assertRefused(tree -> ((ObjectNode) tree.get("args")).put("gently", true), Reason.MALFORMED);
  }

  @Test
  void aPreconditionThatSaysNothingIsAnInvalidArgument() {
    assertRefused(tree -> tree.putObject("when"), Reason.INVALID_ARGUMENT);
  }

  @Test
  void aBoundIsEitherAboveOrBelow() {
    assertRefused(
        tree ->
            tree.putObject("when")
                .putArray("bounds")
                .addObject()
                .put("quantity", "load")
                .put("above", 30)
                .put("below", 40),
        Reason.INVALID_ARGUMENT);
  }

  @Test
  void onlyShedHasAGoal() {
    assertRefused(
        tree -> tree.put("verb", "restore").putObject("goal").put("kw", 500),
        Reason.INVALID_ARGUMENT);
  }

  @Test
  void aGoalOfNothingIsAnInvalidArgument() {
    assertRefused(tree -> tree.putObject("goal").put("kw", 0), Reason.INVALID_ARGUMENT);
  }

  @Test
  void aGoalDoesNotWait() {
    assertRefused(
        tree -> tree.put("executeAt", "2026-07-01T12:01:00Z").putObject("goal").put("kw", 500),
        Reason.INVALID_ARGUMENT);
  }

  @Test
  void aLaterVersionIsUnsupported() {
    assertRefused(tree -> tree.put("v", 2), Reason.UNSUPPORTED);
  }

  @Test
  void moreThanTenThousandTargetsAreRefused() {
    assertRefused(
        tree -> ((ObjectNode) tree.get("targets")).put("count", 10_001), Reason.INVALID_ARGUMENT);
  }

  @Test
  void whatStandsInInfoIsKept() {
    ObjectNode tree = GoldenFile.tree("command-shed");
    tree.putObject("info").put("anything", "goes");

    assertThat(Command.read(Json.bytes(tree)).info().orElseThrow().get("anything").asText())
        .isEqualTo("goes");
  }

  @Test
  void anUpgradeIsToAProductWithAName() {
    ObjectNode tree = GoldenFile.tree("command-upgrade");
    ((ObjectNode) tree.get("args")).put("product", "relay\u001b[2J");

    assertThatThrownBy(() -> Command.read(Json.bytes(tree)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.INVALID_ARGUMENT));
  }

  private static void assertRefused(Consumer<ObjectNode> change, Reason reason) {
    ObjectNode tree = GoldenFile.tree("command-shed");
    change.accept(tree);
    byte[] json = Json.bytes(tree);

    assertThatThrownBy(() -> Command.read(json))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }
}
