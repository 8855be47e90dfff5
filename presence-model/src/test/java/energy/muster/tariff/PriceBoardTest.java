// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBoardTest {
  private static final OfferName DAY_AHEAD = OfferName.parse("northco/day-ahead");
  private static final PriceSeries SERIES = PriceSeries.read(GoldenFile.compact("prices"));
  private static final PriceAmendment AMENDMENT =
      PriceAmendment.read(GoldenFile.compact("amendment"));
  private static final PriceBoard BOARD = PriceBoard.EMPTY.with(SERIES).with(AMENDMENT);

  private static PriceSeries hours(String start, int count, Consumer<ObjectNode> change) {
    ObjectNode tree = GoldenFile.tree("prices").put("start", start);
    tree.put("until", Instant.parse(start).plus(Duration.ofHours(count)).toString());
    tree.put("id", DocumentId.next(Instant.EPOCH).text());
    ArrayNode prices = tree.putArray("prices");
    for (int i = 0; i < count; i++) {
      prices.add("0.1" + i);
    }
    change.accept(tree);
    return PriceSeries.read(Json.bytes(tree));
  }

  private static PriceAmendment amendment(Consumer<ObjectNode> change) {
    ObjectNode tree = GoldenFile.tree("amendment");
    tree.put("id", DocumentId.next(Instant.EPOCH).text());
    change.accept(tree);
    return PriceAmendment.read(Json.bytes(tree));
  }

  private static void assertRefused(Runnable what, Reason reason, String said) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason))
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-24T22:00:00Z, 0.08123",
    "2026-10-24T22:59:59Z, 0.08123",
    "2026-10-24T23:00:00Z, 0.07551",
    "2026-10-25T10:00:00Z, -0.01500",
    "2026-10-25T16:30:00Z, 0.15999",
    "2026-10-25T22:59:59Z, 0.08431"
  })
  void everyMomentHasThePriceOfItsInterval(Instant at, BigDecimal price) {
    assertThat(BOARD.at(DAY_AHEAD, at).orElseThrow().perKwh()).isEqualTo(price);
  }

  @ParameterizedTest
  @CsvSource({"2026-10-24T21:59:59Z", "2026-10-25T23:00:00Z"})
  void outsideOfWhatWasPublishedThereIsNone(Instant at) {
    assertThat(BOARD.at(DAY_AHEAD, at)).isEmpty();
  }

  @Test
  void anAmendmentKeepsWhatWasSaidAtFirst() {
    Price price = BOARD.at(DAY_AHEAD, Instant.parse("2026-10-25T16:00:00Z")).orElseThrow();

    assertThat(price.amended()).isTrue();
    assertThat(price.version()).isEqualTo(2);
    assertThat(price.source()).isEqualTo(AMENDMENT.header().id());
    assertThat(price.original()).isEqualTo("0.14999");
  }

  @Test
  void theDayOnWhichClocksGoBackHas25Hours() {
    assertThat(BOARD.on(DAY_AHEAD, LocalDate.parse("2026-10-25"))).hasSize(25);
    assertThat(BOARD.on(DAY_AHEAD, LocalDate.parse("2026-10-26"))).isEmpty();
  }

  @Test
  void aDocumentThatFollowsIsTaken() {
    PriceBoard more = BOARD.with(hours("2026-10-25T23:00:00Z", 24, tree -> {}));

    assertThat(more.on(DAY_AHEAD, LocalDate.parse("2026-10-26"))).hasSize(24);
    assertThat(
            more.between(
                DAY_AHEAD,
                Instant.parse("2026-10-25T22:30:00Z"),
                Instant.parse("2026-10-26T00:30:00Z")))
        .extracting(Price::from)
        .containsExactly(
            Instant.parse("2026-10-25T22:00:00Z"),
            Instant.parse("2026-10-25T23:00:00Z"),
            Instant.parse("2026-10-26T00:00:00Z"));
    assertThat(
            more.since(Instant.parse("2026-10-25T23:00:00Z"))
                .on(DAY_AHEAD, LocalDate.parse("2026-10-25")))
        .isEmpty();
  }

  @Test
  void aGapIsRefusedWithItsPlace() {
    assertRefused(
        () -> BOARD.with(hours("2026-10-26T01:00:00Z", 23, tree -> {})),
        Reason.PRECONDITION,
        "nothing from 2026-10-25T23:00:00Z to 2026-10-26T01:00:00Z");
  }

  @Test
  void anOverlapIsRefusedWithItsPlace() {
    assertRefused(
        () -> BOARD.with(hours("2026-10-25T21:00:00Z", 4, tree -> {})),
        Reason.ID_CONFLICT,
        "prices from 2026-10-25T21:00:00Z to 2026-10-25T23:00:00Z already");
  }

  @Test
  void anotherCurrencyIsRefused() {
    assertRefused(
        () -> BOARD.with(hours("2026-10-25T23:00:00Z", 24, tree -> tree.put("currency", "NOK"))),
        Reason.INVALID_ARGUMENT,
        "EUR");
  }

  @Test
  void theSameAgainChangesNothing() {
    assertThat(BOARD.with(SERIES)).isSameAs(BOARD);
    assertThat(BOARD.with(AMENDMENT)).isSameAs(BOARD);
  }

  @Test
  void anAmendmentOfALowerVersionIsRefused() {
    PriceBoard third = BOARD.with(amendment(tree -> tree.put("version", 4)));

    assertRefused(
        () -> third.with(amendment(tree -> tree.put("version", 3))), Reason.SUPERSEDED, "4");
    assertRefused(
        () -> third.with(amendment(tree -> tree.put("version", 4))), Reason.ID_CONFLICT, "4");
  }

  @Test
  void anAmendmentOfWhatIsNotThereIsRefused() {
    assertRefused(
        () -> PriceBoard.EMPTY.with(AMENDMENT), Reason.UNKNOWN, "01K2Z9M5A0B1C2D3E4F5G6H7JB");
    assertRefused(
        () ->
            BOARD.with(
                amendment(
                    tree -> {
                      tree.put("version", 3);
                      ((ObjectNode) tree.at("/changes/0")).put("at", "2026-10-25T16:30:00Z");
                    })),
        Reason.INVALID_ARGUMENT,
        "no interval starts at 2026-10-25T16:30:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "until | 2026-10-26T00:00:00Z | prices: nothing from 2026-10-25T23:00:00Z to 2026-10-26T00:00:00Z",
        "until | 2026-10-25T22:00:00Z | prices: too many, from 2026-10-25T22:00:00Z",
        "start | 2026-10-24T22:00:30Z | whole minute",
        "start | 2026-10-24T22:00:00.5Z | whole minute",
        "zone | Berlin | zone",
        "currency | euro | currency"
      })
  void whatIsWrongWithASeriesIsRefused(String field, String value, String said) {
    ObjectNode tree = GoldenFile.tree("prices").put(field, value);

    assertThatThrownBy(() -> PriceSeries.read(Json.bytes(tree)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({"0", "7", "45", "120", "9223372036854775807"})
  void anotherStepIsRefused(long minutes) {
    ObjectNode tree = GoldenFile.tree("prices").put("minutes", minutes);

    assertThatThrownBy(() -> PriceSeries.read(Json.bytes(tree))).isInstanceOf(Refused.class);
  }

  @Test
  void moreThan3000PricesAreRefused() {
    ObjectNode tree = GoldenFile.tree("prices").put("until", "2027-03-01T00:00:00Z");
    ArrayNode prices = tree.putArray("prices");
    for (int i = 0; i <= PriceSeries.MOST; i++) {
      prices.add("1");
    }

    assertThatThrownBy(() -> PriceSeries.read(Json.bytes(tree)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("at most 3000 prices");
  }
}
