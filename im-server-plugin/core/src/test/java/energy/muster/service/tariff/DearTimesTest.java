// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.OnePriceTariff;
import energy.muster.fixture.TestPki;
import energy.muster.json.Json;
import energy.muster.service.tariff.DearTimes.Dear;
import energy.muster.tariff.Boards;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class DearTimesTest {
  private static final OfferName HOME = OfferName.parse("northco/home");
  private static final OfferName SPOT = OfferName.parse("northco/spot");
  private static final Instant DAY = Instant.parse("2026-07-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private int count;

  private Header header(DocumentType type) {
    Instant at = DAY.minusSeconds(1_000).plusSeconds(count++);
    return new Header(type, TestPki.SITE, DocumentId.next(at), TestPki.jid("tariffs.northco"), at);
  }

  private Tariff flat(long version, String from, String price) {
    return OnePriceTariff.of(header(DocumentType.TARIFF), HOME, version, "Etc/UTC", from, price);
  }

  private PriceSeries spot(Instant start, String... prices) {
    return new PriceSeries(
        header(DocumentType.PRICE_SERIES),
        SPOT,
        Currency.getInstance("USD"),
        ZoneId.of("Etc/UTC"),
        start,
        HOUR,
        Arrays.stream(prices).map(BigDecimal::new).toList());
  }

  private static List<Dear> above(Boards boards, OfferName offer, String limit) {
    return new DearTimes(boards)
        .above(offer, new BigDecimal(limit), DAY, DAY.plus(Duration.ofDays(2)));
  }

  private static Dear dear(int from, int until, String most) {
    return new Dear(
        DAY.plus(HOUR.multipliedBy(from)),
        DAY.plus(HOUR.multipliedBy(until)),
        new BigDecimal(most));
  }

  @Test
  void dearHoursThatFollowEachOtherAreOneTimeWithItsHighestPrice() {
    Boards boards = Boards.EMPTY.with(spot(DAY, "0.50", "0.81", "0.95", "0.80", "0.90"));

    assertThat(above(boards, SPOT, "0.80")).containsExactly(dear(1, 3, "0.95"), dear(4, 5, "0.90"));
  }

  @Test
  void aTimeGoesOverTheEndOfOneDocumentIntoTheNext() {
    Boards boards =
        Boards.EMPTY
            .with(spot(DAY, "0.50", "0.90"))
            .with(spot(DAY.plus(HOUR.multipliedBy(2)), "0.91", "0.50"));

    assertThat(above(boards, SPOT, "0.80")).containsExactly(dear(1, 3, "0.91"));
  }

  @Test
  void aVersionIsDearFromItsFirstDayOn() {
    Boards boards =
        Boards.EMPTY.with(flat(1, "2026-01-01", "0.40")).with(flat(2, "2026-07-02", "0.91"));

    assertThat(above(boards, HOME, "0.80")).containsExactly(dear(24, 48, "0.91"));
  }

  @Test
  void ofTiersTheDearestCounts() {
    ObjectNode tree =
        OnePriceTariff.tree(header(DocumentType.TARIFF), HOME, 1, "Etc/UTC", "2026-01-01", "0");
    ObjectNode energy = tree.putArray("energy").addObject().put("name", "Energy");
    energy.putObject("tiering").put("per", "day").put("counted", "apart");
    ArrayNode tiers = energy.putArray("rates").addObject().putArray("tiers");
    tiers.addObject().put("upTo", "4").put("price", "0.30");
    tiers.addObject().put("price", "0.95");
    Boards boards = Boards.EMPTY.with(Tariff.read(Json.bytes(tree)));

    assertThat(above(boards, HOME, "0.80"))
        .first()
        .satisfies(all -> assertThat(all.most()).isEqualByComparingTo("0.95"));
  }

  @Test
  void whatWasNotPublishedIsNotDear() {
    assertThat(above(Boards.EMPTY, HOME, "0.10")).isEmpty();
    assertThat(above(Boards.EMPTY.with(flat(1, "2026-08-01", "9")), HOME, "0.10")).isEmpty();
  }
}
