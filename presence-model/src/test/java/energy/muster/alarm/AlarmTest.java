// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmTest {
  private static void assertRefused(ObjectNode tree, Reason reason) {
    assertThatThrownBy(() -> Alarm.read(Json.bytes(tree)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }

  @Test
  void whatItSaysIsReadAsItIs() {
    Alarm alarm = Alarm.read(GoldenFile.compact("alarm-return"));

    assertThat(alarm.isOnset()).isFalse();
    assertThat(alarm.since()).isEqualTo(Instant.parse("2026-07-01T12:00:00.123Z"));
    assertThat(alarm.reading())
        .contains(
            new Reading(
                Quantity.LOAD,
                new BigDecimal("84"),
                new BigDecimal("95"),
                new BigDecimal("98.2"),
                false));
  }

  @Test
  void anUnsureClockIsSaid() {
    assertThat(Alarm.read(GoldenFile.compact("alarm-outage")).clockSure()).isFalse();
  }

  @Test
  void anOnsetOfAnotherOccurrenceIsRefused() {
    assertRefused(
        GoldenFile.tree("alarm-onset").put("occurrence", "01K2Z9M5A0B1C2D3E4F5G6H7J9"),
        Reason.INVALID_ARGUMENT);
  }

  @Test
  void aReturnThatIsItsOwnOccurrenceIsRefused() {
    assertRefused(
        GoldenFile.tree("alarm-return").put("occurrence", "01K2Z9QFC0B1C2D3E4F5G6H7J8"),
        Reason.INVALID_ARGUMENT);
  }

  @Test
  void oneThatWasNoticedBeforeItBeganIsRefused() {
    assertRefused(
        GoldenFile.tree("alarm-onset").put("since", "2026-07-01T12:00:02.124Z"),
        Reason.INVALID_ARGUMENT);
  }

  @Test
  void anOversizedTextIsRefused() {
    assertRefused(
        GoldenFile.tree("alarm-onset").put("text", "x".repeat(201)), Reason.INVALID_ARGUMENT);
  }

  @Test
  void anEmptyTextIsRefused() {
    assertRefused(GoldenFile.tree("alarm-onset").put("text", " "), Reason.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "event, begins",
    "priority, urgent",
    "clock, maybe",
    "quantity, pressure",
    "rule, Trip Imminent"
  })
  void aWordThatIsNotInItsListIsRefused(String field, String word) {
    assertRefused(GoldenFile.tree("alarm-onset").put(field, word), Reason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"value", "limit", "worst"})
  void aQuantityHasAllItsNumbers(String field) {
    ObjectNode tree = GoldenFile.tree("alarm-onset");
    tree.remove(field);

    assertRefused(tree, Reason.MALFORMED);
  }

  @Test
  void aNumberWithoutAQuantityIsRefused() {
    ObjectNode tree = GoldenFile.tree("alarm-onset");
    tree.remove("quantity");

    assertRefused(tree, Reason.MALFORMED);
  }

  @Test
  void aValueThatNothingMeasuresIsRefused() {
    assertRefused(GoldenFile.tree("alarm-onset").put("worst", 1_001), Reason.INVALID_ARGUMENT);
  }

  @Test
  void aRateMayBeNegative() {
    ObjectNode tree =
        GoldenFile.tree("alarm-onset").put("perMinute", true).put("value", -12).put("worst", -15);

    assertThat(Alarm.read(Json.bytes(tree)).reading().orElseThrow().spokenUnit())
        .isEqualTo("% a minute");
  }
}
