// SPDX-License-Identifier: Apache-2.0
package energy.muster.branch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MandateTest {
  private static void assertRefused(String golden, ObjectNode tree) {
    assertThatThrownBy(
            () -> {
              if (golden.equals("mandate")) {
                Mandate.read(Json.bytes(tree));
              } else {
                BranchReport.read(Json.bytes(tree));
              }
            })
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"revision, 0", "maxKw, -1", "floorKw, -1", "maxKw, 10000001"})
  void aNumberOutOfRangeIsRefused(String field, long value) {
    assertRefused("mandate", GoldenFile.tree("mandate").put(field, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-07-01T12:00:00Z", "2026-07-08T12:00:01Z"})
  void itEndsAfterItBeganAndWithinAWeek(String until) {
    assertRefused("mandate", GoldenFile.tree("mandate").put("until", until));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit", "configure", "read"})
  void itIsForTheVerbsThatRelieveABranchAlone(String verb) {
    ObjectNode tree = GoldenFile.tree("mandate");
    tree.putArray("verbs").add(verb);

    assertRefused("mandate", tree);
  }

  @Test
  void aVerbIsNamedOnce() {
    ObjectNode tree = GoldenFile.tree("mandate");
    tree.putArray("verbs").add("shed").add("shed");

    assertRefused("mandate", tree);
  }

  @Test
  void aReportOfAnOrderNamesIt() {
    ObjectNode tree = GoldenFile.tree("branch-report");
    tree.remove("order");

    assertRefused("branch-report", tree);
  }

  @Test
  void aReportSaysSomethingAndNotTooMuch() {
    assertRefused("branch-report", GoldenFile.tree("branch-report").put("text", " "));
    assertRefused("branch-report", GoldenFile.tree("branch-report").put("text", "x".repeat(501)));
  }
}
