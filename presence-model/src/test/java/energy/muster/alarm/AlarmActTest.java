// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmAct.Kind;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmActTest {
  private static void assertRefused(ObjectNode tree) {
    assertThatThrownBy(() -> AlarmAct.read(Json.bytes(tree))).isInstanceOf(Refused.class);
  }

  private static ObjectNode ofAlarms(int count) {
    ObjectNode tree = GoldenFile.tree("act-acknowledge");
    ArrayNode list = tree.putArray("alarms");
    for (int i = 0; i < count; i++) {
      list.add(DocumentId.next(Instant.EPOCH).text());
    }
    return tree;
  }

  @Test
  void aThousandAlarmsFitIntoOneAct() {
    byte[] signed = Json.bytes(ofAlarms(AlarmAct.MOST));

    assertThat(AlarmAct.read(signed).alarms()).hasSize(AlarmAct.MOST);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, AlarmAct.MOST + 1})
  void noneOrTooManyAreRefused(int count) {
    assertRefused(ofAlarms(count));
  }

  @Test
  void anAlarmIsNamedOnce() {
    ObjectNode tree = GoldenFile.tree("act-acknowledge");
    tree.withArray("alarms").add(tree.get("alarms").get(0).textValue());

    assertRefused(tree);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-07-01T12:00:31.123Z", "2026-07-02T12:00:31.124Z"})
  void aShelvingEndsAfterItBeganAndWithinADay(String until) {
    assertRefused(GoldenFile.tree("act-shelve").put("until", until));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"COMMENT", "OUT_OF_SERVICE", "SUPPRESS"})
  void whatOthersMustUnderstandSaysWhy(Kind kind) {
    assertRefused(GoldenFile.tree("act-acknowledge").put("act", kind.wire()));
  }

  @Test
  void onlyAShelvingSaysUntilWhen() {
    assertRefused(GoldenFile.tree("act-acknowledge").put("until", "2026-07-01T13:00:00Z"));
  }

  @Test
  void aShelvingWithoutAnEndIsRefused() {
    ObjectNode tree = GoldenFile.tree("act-shelve");
    tree.remove("until");

    assertRefused(tree);
  }
}
