// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmPolicyTest {
  private static final BareJid SWITCH = BareJid.parse("sw2@grid.example");

  private static ObjectNode course(ObjectNode policy) {
    return (ObjectNode) policy.at("/courses/0");
  }

  private static void assertRefused(ObjectNode tree) {
    assertThatThrownBy(() -> AlarmPolicy.read(Json.bytes(tree))).isInstanceOf(Refused.class);
  }

  private static Optional<String> courseOf(Priority priority, String rule, String area) {
    return AlarmPolicy.read(GoldenFile.compact("policy"))
        .courseOf(priority, new RuleName(rule), SWITCH, Set.of(new Area(area)))
        .map(AlarmCourse::name);
  }

  @ParameterizedTest
  @CsvSource({
    "CRITICAL, trip-imminent, branch-60, urgent",
    "HIGH, trip-imminent, branch-60, others",
    "CRITICAL, low-fuel, branch-60, others",
    "CRITICAL, trip-imminent, branch-61, others"
  })
  void theFirstCourseWhoseEveryConditionHoldsCounts(
      Priority priority, String rule, String area, String course) {
    assertThat(courseOf(priority, rule, area)).contains(course);
  }

  @Test
  void anAlarmMayBeLeftToTheDefault() {
    ObjectNode tree = GoldenFile.tree("policy");
    ((ArrayNode) tree.get("courses")).remove(1);

    assertThat(
            AlarmPolicy.read(Json.bytes(tree))
                .courseOf(Priority.LOW, new RuleName("tamper"), SWITCH, Set.of()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"group:nobody", "role:viewer", "role:device", "op-1@grid.example", "duty:", "x:y"})
  void aStepToWhoCannotBeFoundIsRefused(String target) {
    ObjectNode tree = GoldenFile.tree("policy");
    ((ArrayNode) course(tree).at("/steps/0/to")).add(target);

    assertRefused(tree);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://pager.northco.example/",
        "https:///x",
        "https://me:secret@pager.northco.example/",
        "ftp://pager"
      })
  void aWebhookIsHttps(String url) {
    ObjectNode tree = GoldenFile.tree("policy");
    ((ArrayNode) course(tree).get("webhook")).add(url);

    assertRefused(tree);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "a@b\r\nBcc: c@d", "a b@c", "@c", "a@"})
  void aMailAddressIsOne(String address) {
    ObjectNode tree = GoldenFile.tree("policy");
    ((ArrayNode) course(tree).get("mail")).add(address);

    assertRefused(tree);
  }

  @ParameterizedTest
  @CsvSource({"/courses/0/steps/0, waitSeconds, 0", "/courses/0, acknowledgedForSeconds, 9"})
  void aTimeTooShortIsRefused(String where, String field, long seconds) {
    ObjectNode tree = GoldenFile.tree("policy");
    ((ObjectNode) tree.at(where)).put(field, seconds);

    assertRefused(tree);
  }

  @Test
  void aCourseWithoutStepsIsRefused() {
    ObjectNode tree = GoldenFile.tree("policy");
    course(tree).putArray("steps");

    assertRefused(tree);
  }

  @Test
  void aRevisionCountsFromOne() {
    assertRefused(GoldenFile.tree("policy").put("revision", 0));
  }
}
