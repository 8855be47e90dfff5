// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffBoardTest {
  private static final OfferName HOME = OfferName.parse("northco/home-4-to-9");

  private static Tariff version(long version, String from, String until) {
    return version(version, from, until, UnaryOperator.identity());
  }

  private static Tariff version(
      long version, String from, String until, UnaryOperator<ObjectNode> change) {
    ObjectNode tree = GoldenFile.tree("tariff").put("version", version).put("from", from);
    if (until == null) {
      tree.remove("until");
    } else {
      tree.put("until", until);
    }
    tree.put("id", DocumentId.next(Instant.EPOCH).text());
    return Tariff.read(Json.bytes(change.apply(tree)));
  }

  private static void assertRefused(TariffBoard board, Tariff tariff, Reason reason) {
    assertThatThrownBy(() -> board.with(tariff))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }

  private static Optional<Long> at(TariffBoard board, String at) {
    return board.at(HOME, Instant.parse(at)).map(Tariff::version);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T07:59:59Z, 0",
    "2026-01-01T08:00:00Z, 1",
    "2026-03-31T06:59:59Z, 1",
    "2026-04-01T07:00:00Z, 3",
    "2026-06-01T07:00:00Z, 3",
    "2026-12-31T08:00:00Z, 0"
  })
  void theHighestVersionThatHasBegunHoldsAndNoneComesBack(Instant at, long version) {
    TariffBoard board =
        TariffBoard.EMPTY
            .with(version(1, "2026-01-01", null))
            .with(version(2, "2026-06-01", null))
            .with(version(3, "2026-04-01", "2026-12-31"));

    assertThat(at(board, at.toString()).orElse(0L)).isEqualTo(version);
  }

  @Test
  void aLowerVersionNeverComesOverAHigher() {
    TariffBoard board = TariffBoard.EMPTY.with(version(3, "2026-01-01", null));

    assertRefused(board, version(2, "2026-02-01", null), Reason.SUPERSEDED);
    assertRefused(board, version(3, "2026-02-01", null), Reason.ID_CONFLICT);
  }

  @Test
  void theSameAgainChangesNothing() {
    Tariff tariff = version(3, "2026-01-01", null);
    TariffBoard board = TariffBoard.EMPTY.with(tariff);

    TariffBoard more = board.with(version(4, "2026-02-01", null));

    assertThat(board.with(tariff)).isSameAs(board);
    assertThat(more.with(tariff)).isSameAs(more);
  }

  @Test
  void aVersionInAnotherCurrencyIsRefused() {
    TariffBoard board = TariffBoard.EMPTY.with(version(1, "2026-01-01", null));

    assertRefused(
        board,
        version(2, "2026-02-01", null, tree -> tree.put("currency", "EUR")),
        Reason.INVALID_ARGUMENT);
  }

  @Test
  void suppliersStandSideBySide() {
    Instant at = Instant.parse("2026-02-01T12:00:00Z");
    TariffBoard board =
        TariffBoard.EMPTY
            .with(version(1, "2026-01-01", null))
            .with(version(9, "2026-01-01", null, tree -> tree.put("supplier", "southco")));

    assertThat(board.at(at)).hasSize(2);
    assertThat(board.at(OfferName.parse("southco/home-4-to-9"), at).orElseThrow().version())
        .isEqualTo(9);
  }

  @Test
  void theVersionsOfAPeriodFollowEachOther() {
    TariffBoard board =
        TariffBoard.EMPTY
            .with(version(1, "2026-01-01", "2026-05-01"))
            .with(version(2, "2026-03-01", "2026-05-01"));

    assertThat(
            board.reigns(
                HOME, Instant.parse("2026-02-01T08:00:00Z"), Instant.parse("2026-04-01T07:00:00Z")))
        .extracting(reign -> reign.tariff().version() + " until " + reign.until())
        .containsExactly("1 until 2026-03-01T08:00:00Z", "2 until 2026-04-01T07:00:00Z");
    assertThatThrownBy(
            () ->
                board.reigns(
                    HOME,
                    Instant.parse("2026-02-01T08:00:00Z"),
                    Instant.parse("2026-06-01T07:00:00Z")))
        .hasMessageContaining("nothing from 2026-05-01T07:00:00Z to 2026-06-01T07:00:00Z");
  }
}
