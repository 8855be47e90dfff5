// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DutyRosterTest {
  private static final DutyRoster GOLDEN = DutyRoster.read(GoldenFile.compact("duty-roster"));

  private static String person(String at) {
    return GOLDEN
        .onDuty("plant-3", Instant.parse(at))
        .map(OnDuty::person)
        .map(BareJid::local)
        .orElse("nobody");
  }

  private static void assertRefused(Consumer<ObjectNode> change) {
    ObjectNode tree = GoldenFile.tree("duty-roster");
    change.accept(tree);
    assertThatThrownBy(() -> DutyRoster.read(Json.bytes(tree))).isInstanceOf(Refused.class);
  }

  private static void assertRotationRefused(Consumer<ObjectNode> change) {
    assertRefused(tree -> change.accept((ObjectNode) tree.at("/teams/0/rotations/0")));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-29T03:59:59Z, nobody",
    "2026-06-29T04:00:00Z, op-1",
    "2026-07-01T11:59:59Z, op-1",
    "2026-07-01T12:00:00Z, op-2",
    "2026-07-01T20:00:00Z, op-3",
    "2026-07-04T12:00:00Z, op-4",
    "2026-07-06T04:00:00Z, op-2",
    "2026-12-07T04:59:59Z, op-3",
    "2026-12-07T05:00:00Z, op-2"
  })
  void theFirstRotationThatWantsSomebodySaysWho(String at, String who) {
    assertThat(person(at)).isEqualTo(who);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-02T03:59:59Z, op-3",
    "2026-07-02T04:00:00Z, op-4",
    "2026-07-02T11:59:59Z, op-4",
    "2026-07-02T12:00:00Z, op-2"
  })
  void anOverrideCountsBeforeTheRotations(String at, String who) {
    assertThat(person(at)).isEqualTo(who);
  }

  @Test
  void ofATeamThatIsNotThereNobodyIsOnDuty() {
    assertThat(GOLDEN.onDuty("plant-4", Instant.parse("2026-07-01T12:00:00Z"))).isEmpty();
  }

  @Test
  void theNextChangeIsToAnotherPerson() {
    Team team = GOLDEN.team("plant-3").orElseThrow();

    Change next = team.next(Instant.parse("2026-07-02T05:00:00Z")).orElseThrow();

    assertThat(next.at()).isEqualTo("2026-07-02T12:00:00Z");
    assertThat(next.to().orElseThrow().rotation()).contains("late");
  }

  @Test
  void whoeverIsOnDutyForGoodIsFollowedByNobody() {
    ObjectNode tree = GoldenFile.tree("duty-roster");
    ObjectNode team = (ObjectNode) tree.at("/teams/0");
    ((ArrayNode) tree.at("/teams/0/rotations")).removeAll().add(always());
    team.putArray("overrides");

    Team forGood = DutyRoster.read(Json.bytes(tree)).team("plant-3").orElseThrow();

    assertThat(forGood.next(Instant.parse("2026-07-02T05:00:00Z"))).isEmpty();
  }

  private static ObjectNode always() {
    ObjectNode rotation = Json.object().put("name", "always");
    rotation.putArray("people").add("op-1@grid.example");
    return rotation.put("starts", "2026-01-01").put("handOver", "00:00").put("shiftDays", 1);
  }

  @ParameterizedTest
  @CsvSource({
    "handOver, 25:00",
    "handOver, 06:00:30",
    "starts, 2026-02-30",
    "starts, 1999-12-31",
    "name, Early",
    "until, noon"
  })
  void aRotationThatCannotBeIsRefused(String field, String value) {
    assertRotationRefused(rotation -> rotation.put(field, value));
  }

  @ParameterizedTest
  @CsvSource({"shiftDays, 0", "shiftDays, 367", "shiftDays, 9223372036854775807", "shiftHours, 8"})
  void aShiftHasOneLengthThatCanBe(String field, long value) {
    assertRotationRefused(rotation -> rotation.put(field, value));
  }

  @Test
  void aRotationIsOfSomebodyOnSomeDay() {
    assertRotationRefused(rotation -> rotation.putArray("people"));
    assertRotationRefused(rotation -> rotation.putArray("days"));
    assertRotationRefused(rotation -> rotation.putArray("days").add("funday"));
  }

  @Test
  void twoOverridesOfOneMomentAreRefused() {
    assertRefused(
        tree -> {
          ArrayNode overrides = (ArrayNode) tree.at("/teams/0/overrides");
          overrides.add(
              ((ObjectNode) overrides.get(0)).deepCopy().put("from", "2026-07-02T11:59:59Z"));
        });
  }

  @Test
  void anOverrideEndsAfterItBegins() {
    assertRefused(
        tree ->
            ((ObjectNode) tree.at("/teams/0/overrides/0")).put("until", "2026-07-02T04:00:00Z"));
  }

  @Test
  void aNameIsForOneTeamAndOneRotation() {
    assertRefused(
        tree -> ((ArrayNode) tree.get("teams")).add(tree.at("/teams/0").<ObjectNode>deepCopy()));
    assertRotationRefused(rotation -> rotation.put("name", "late"));
  }

  @Test
  void aZoneIsOneThatIsKnown() {
    assertRefused(tree -> ((ObjectNode) tree.at("/teams/0")).put("zone", "Europe/Atlantis"));
  }

  @Test
  void aRevisionCountsFromOne() {
    assertRefused(tree -> tree.put("revision", 0));
  }
}
