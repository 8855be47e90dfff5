// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffTest {
  private static final Tariff GOLDEN = Tariff.read(GoldenFile.compact("tariff"));

  private static void assertRefused(Consumer<ObjectNode> change, String said) {
    ObjectNode tree = GoldenFile.tree("tariff");
    change.accept(tree);
    assertThatThrownBy(() -> Tariff.read(Json.bytes(tree)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(said);
  }

  private static Consumer<ObjectNode> set(String path, String json) {
    return tree -> {
      int slash = path.lastIndexOf('/');
      JsonNode value = Json.parse("{\"x\":" + json.replace('~', '"') + "}").get("x");
      JsonNode parent = tree.at(path.substring(0, slash));
      String last = path.substring(slash + 1);
      if (parent instanceof ArrayNode array) {
        array.set(Integer.parseInt(last), value);
      } else {
        ((ObjectNode) parent).set(last, value);
      }
    };
  }

  private static Consumer<ObjectNode> remove(String path) {
    return tree -> {
      int slash = path.lastIndexOf('/');
      JsonNode parent = tree.at(path.substring(0, slash));
      String last = path.substring(slash + 1);
      if (parent instanceof ArrayNode array) {
        array.remove(Integer.parseInt(last));
      } else {
        ((ObjectNode) parent).remove(last);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-01T22:59:00Z, 'summer, weekday, off-peak'",
    "2026-07-01T23:00:00Z, 'summer, weekday, peak'",
    "2026-07-02T03:59:59Z, 'summer, weekday, peak'",
    "2026-07-02T04:00:00Z, 'summer, weekday, off-peak'",
    "2026-07-04T23:00:00Z, 'summer, weekend, off-peak'",
    "2026-10-01T06:59:59Z, 'summer, weekday, off-peak'",
    "2026-10-01T07:00:00Z, 'winter, weekday, off-peak'",
    "2026-11-27T01:00:00Z, 'winter, weekend, off-peak'",
    "2026-11-28T01:00:00Z, 'winter, weekday, peak'",
    "2027-12-25T09:00:00Z, 'winter, weekend, off-peak'",
    "2028-02-29T20:00:00Z, 'winter, weekday, off-peak'"
  })
  void theClockOnTheWallSaysWhichRatesHold(Instant at, String cell) {
    assertThat(GOLDEN.cellAt(at)).hasToString(cell);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/seasons/0/days/0 | ~06-01/09-29~ | seasons: nothing on 09-30",
        "/seasons/1/days/0 | ~10-01/02-28~ | seasons: nothing from 02-29 to 05-31",
        "/seasons/1/days/0 | ~09-21/05-31~ | seasons: summer and winter overlap from 09-21 to 09-30",
        "/seasons/0/days/0 | ~06-31/09-30~ | 06-31",
        "/dayTypes/0/days/4 | ~sat~ | day types: nothing on fri",
        "/dayTypes/1/days/2 | ~fri~ | day types: weekday and weekend overlap on fri",
        "/dayTypes/1/days/2 | ~2026-12-24~ | day types: nothing on holiday",
        "/dayTypes/1/days/2 | ~friday~ | is no day: mon",
        "/holidays/0 | ~2026-02-30~ | is no holiday",
        "/periods/1/until | ~15:30~ | summer, weekday: nothing from 15:30 to 16:00",
        "/periods/2/from | ~02:00~ | summer, weekend: nothing from 00:00 to 02:00",
        "/periods/2/until | ~22:00~ | summer, weekend: nothing from 22:00 to 00:00",
        "/periods/1/until | ~17:00~ | weekday: peak and off-peak overlap from 16:00 to 17:00",
        "/periods/0/dayTypes/0 | ~workday~ | peak: there is no day type 'workday'",
        "/periods/0/from | ~16:00:30~ | whole minute",
        "/energy/0/rates/0/periods/0 | ~off-peak~ | Energy: two rates for summer, off-peak",
        "/energy/0/rates/0/seasons/0 | ~winter~ | Energy: nothing for summer, peak",
        "/energy/0/rates/0/periods/0 | ~pek~ | Energy: there is no period 'pek'",
        "/energy/0/rates/0/price | ~0.5e3~ | energy[0].rates[0].price",
        "/energy/0/rates/0/price | 0.5 | energy[0].rates[0].price",
        "/energy/1/rates/0/tiers/1/upTo | ~20~ | tiers: nothing above 20",
        "/energy/1/rates/0/tiers/0/upTo | ~0.1234~ | energy[1].rates[0].tiers[0]",
        "/energy/1/name | ~Energy~ | two charges are named 'Energy'",
        "/energy/1/tiering/per | ~week~ | energy[1].tiering.per",
        "/minimum/0/of/0 | ~Enrgy~ | no charge 'Enrgy' stands before it",
        "/percentages/0/percent | ~ten~ | percentages[0].percent",
        "/fixed/1/months/0 | ~13~ | fixed[1]",
        "/currency | ~XAU~ | currency",
        "/zone | ~UTC+2~ | zone",
        "/until | ~2026-06-01~ | it ends after it begins",
        "/from | ~2026-02-30~ | from",
        "/version | 0 | version counts from 1",
        "/billingDay | 31 | billingDay is 1 to 28",
        "/rounding | ~up~ | rounding",
        "/supplier | ~North Co~ | is no name"
      })
  void whatIsWrongIsRefusedWithItsPlace(String path, String value, String said) {
    assertRefused(set(path, value), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/periods/1 | summer, weekday: nothing from 00:00 to 16:00",
        "/periods/2 | summer, weekend: nothing from 00:00 to 00:00",
        "/seasons/0 | seasons: nothing from 06-01 to 09-30",
        "/energy/0/rates/3 | Energy: nothing for winter, off-peak",
        "/energy/1/tiering | field energy[1].tiering is missing",
        "/energy/1/rates/0/tiers/0/price | field energy[1].rates[0].tiers[0].price is missing",
        "/energy/1/rates/0/tiers/0/upTo | only the last tier has no end",
        "/currency | field currency is missing"
      })
  void whatLacksIsRefusedWithItsPlace(String path, String said) {
    assertRefused(remove(path), said);
  }

  @Test
  void aTariffThatChargesNothingIsRefused() {
    assertRefused(
        tree -> tree.remove(java.util.List.of("fixed", "energy", "export", "minimum")),
        "a tariff charges something");
  }

  @Test
  void moreSeasonsThanMonthsAreRefused() {
    assertRefused(
        tree -> {
          ArrayNode seasons = (ArrayNode) tree.get("seasons");
          for (int i = 0; i < 12; i++) {
            seasons.addObject().put("name", "s" + i).putArray("days").add("01-01/01-02");
          }
        },
        "at most 12 seasons");
  }

  @Test
  void aBillingMonthBeginsOnTheBillingDay() {
    ObjectNode tree = GoldenFile.tree("tariff");
    Tariff tariff = Tariff.read(Json.bytes(tree.put("billingDay", 15)));

    assertThat(tariff.billingMonthOf(LocalDate.parse("2026-07-14"))).isEqualTo("2026-06-15");
    assertThat(tariff.billingMonthOf(LocalDate.parse("2026-07-15"))).isEqualTo("2026-07-15");
  }

  @Test
  void aPlainTariffNeedsNoCalendar() {
    ObjectNode tree = GoldenFile.tree("tariff");
    tree.remove(
        java.util.List.of(
            "seasons", "dayTypes", "holidays", "periods", "energy", "minimum", "export"));
    tree.putArray("energy")
        .addObject()
        .put("name", "Energy")
        .putArray("rates")
        .addObject()
        .put("price", "0.3");
    byte[] plain = Json.bytes(tree);

    Tariff tariff = Tariff.read(plain);

    assertThat(tariff.calendar()).isEqualTo(TariffCalendar.PLAIN);
    assertThat(tariff.cellAt(Instant.EPOCH)).hasToString("year, day, all");
    assertThat(Tariff.read(tariff.write())).isEqualTo(tariff);
  }
}
