// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PriceResponseTest {
  private static final String PATENT =
      """
      {"manner": "shed", "currency": "USD", "zone": "America/New_York",
       "limits": [{"from": "06:00", "until": "18:00", "perKwh": "0.80"},
                  {"from": "18:00", "until": "06:00", "perKwh": "0.60"}],
       "hysteresis": "0.05", "shortestResponseSeconds": 900, "shortestRestSeconds": 300}""";
  private static final PriceRule RULE = PriceRule.read(Fields.of(Json.parse(PATENT)));
  private static final Instant NOON = Instant.parse("2026-07-01T16:00:00Z");
  private static final PriceResponse SHED = new PriceResponse(RULE, true, NOON);

  private static PriceResponse.Look look(PriceResponse response, String at, String price) {
    return response.look(Instant.parse(at), Optional.of(new BigDecimal(price)));
  }

  private static void assertRefused(Consumer<ObjectNode> change, String said) {
    ObjectNode tree = Json.parse(PATENT);
    change.accept(tree);
    assertThatThrownBy(() -> PriceRule.read(Fields.of(tree)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(said);
  }

  @Test
  void aPriceAboveTheLimitOfTheHourShedsAndSaysWhy() {
    PriceResponse.Look noon = look(PriceResponse.idle(RULE), "2026-07-01T16:00:00Z", "0.70");
    PriceResponse.Look evening = look(PriceResponse.idle(RULE), "2026-07-01T22:00:00Z", "0.70");

    assertThat(noon.act()).isEmpty();
    assertThat(noon.again()).isEqualTo("2026-07-01T22:00:00Z");
    assertThat(evening.act())
        .contains(
            new PriceResponse.Act(
                true,
                RULE.limits().get(1),
                "0.70 USD a kWh is above the limit of 0.60 from 18:00 to 06:00"));
  }

  @Test
  void onTheLimitItselfNothingIsDone() {
    assertThat(look(PriceResponse.idle(RULE), "2026-07-01T16:00:00Z", "0.80").act()).isEmpty();
  }

  @Test
  void aResponseEndsWhenThePriceIsTheHysteresisBelowAndTheShortestTimeHasPassed() {
    PriceResponse.Look early = look(SHED, "2026-07-01T16:10:00Z", "0.40");
    assertThat(early.act()).isEmpty();
    assertThat(early.again()).isEqualTo("2026-07-01T16:15:00Z");
    assertThat(look(SHED, "2026-07-01T16:15:00Z", "0.76").act()).isEmpty();
    assertThat(look(SHED, "2026-07-01T16:15:00Z", "0.75").act())
        .map(PriceResponse.Act::begin)
        .contains(false);
  }

  @Test
  void withoutAPriceAllStaysAsItIs() {
    assertThat(SHED.look(NOON.plusSeconds(900), Optional.empty()).act()).isEmpty();
    assertThat(PriceResponse.idle(RULE).look(NOON, Optional.empty()).act()).isEmpty();
  }

  @Test
  void itSaysHowAPriceComparesWithWhatCounts() {
    PriceResponse idle = PriceResponse.idle(RULE);

    assertThat(idle.said(NOON, new BigDecimal("0.55")))
        .isEqualTo("0.55 USD a kWh is not above the limit of 0.80 from 06:00 to 18:00");
    assertThat(SHED.said(NOON, new BigDecimal("0.79")))
        .isEqualTo("0.79 USD a kWh is not yet 0.05 below the limit of 0.80 from 06:00 to 18:00");
    assertThat(SHED.said(NOON, new BigDecimal("0.75")))
        .isEqualTo("0.75 USD a kWh is no longer above the limit of 0.80 from 06:00 to 18:00");
  }

  @Test
  void aGeneratorRunsWhileItsOwnEnergyIsCheaper() {
    ObjectNode tree = Json.parse(PATENT).put("manner", "generate");
    ((ArrayNode) tree.get("limits"))
        .removeAll()
        .addObject()
        .put("from", "00:00")
        .put("until", "00:00")
        .put("perKwh", "0.31");
    PriceRule rule = PriceRule.read(Fields.of(tree));

    assertThat(look(PriceResponse.idle(rule), "2026-07-01T16:00:00Z", "0.32").act())
        .map(PriceResponse.Act::reason)
        .contains("0.32 USD a kWh is above the own cost of 0.31");
    assertThat(Json.text(rule.write())).isEqualTo(Json.text(tree));
  }

  private static String page() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "tariffs.md"));
    return page.substring(page.indexOf("## What devices do about prices"));
  }

  private static PricePlan planOnThePage() throws IOException {
    String json = page().substring(page().indexOf("{\n"));
    return PricePlan.read(Fields.of(Json.parse(json.substring(0, json.indexOf("```")))))
        .orElseThrow();
  }

  @Test
  void thePlanOnThePageIsReadAsItStandsThere() throws IOException {
    PricePlan plan = planOnThePage();

    assertThat(plan.rules()).containsExactly(RULE);
    assertThat(plan.choice().orElseThrow().shortestStay()).isEqualTo(Duration.ofHours(1));
    assertThat(PricePlan.read(Fields.of(plan.write()))).contains(plan);
    assertThat(PricePlan.read(Fields.of(Json.object()))).isEmpty();
  }

  @Test
  void theDayOnThePageComesOutAsItStandsThere() throws IOException {
    Pattern row = Pattern.compile("\\| (\\d\\d:\\d\\d) \\| (\\S+) \\| (\\w+)");
    Matcher rows = row.matcher(page());
    PriceResponse response = PriceResponse.idle(RULE);
    int count = 0;
    while (rows.find()) {
      Instant now =
          LocalTime.parse(rows.group(1))
              .atDate(LocalDate.parse("2026-07-01"))
              .atZone(RULE.zone())
              .toInstant();
      Optional<BigDecimal> price =
          Optional.of(rows.group(2)).filter(said -> !said.equals("none")).map(BigDecimal::new);
      Optional<PriceResponse.Act> act = response.look(now, price).act();
      String does = act.map(it -> it.begin() ? "sheds" : "comes").orElse("nothing");
      assertThat(does).as(rows.group(1)).isEqualTo(rows.group(3));
      if (act.isPresent()) {
        response = response.after(act.get(), now);
      }
      count++;
    }
    assertThat(count).isEqualTo(13);
  }

  @Test
  void aRuleIsWrittenAsItWasRead() {
    ObjectNode reduce = Json.parse(PATENT);
    reduce.put("manner", "reduce").put("toKw", new BigDecimal("12.5"));

    assertThat(Json.text(RULE.write())).isEqualTo(Json.text(Json.parse(PATENT)));
    assertThat(PriceRule.read(Fields.of(PriceRule.read(Fields.of(reduce)).write())).manner())
        .isEqualTo(PriceRule.read(Fields.of(reduce)).manner());
  }

  @Test
  void whatIsWrongIsRefusedWithItsPlace() {
    assertRefused(
        tree -> ((ObjectNode) tree.at("/limits/1")).put("until", "05:00"),
        "nothing from 05:00 to 06:00");
    assertRefused(
        tree -> ((ObjectNode) tree.at("/limits/1")).put("until", "07:00"),
        "limit-1 and limit-2 overlap from 06:00 to 07:00");
    assertRefused(
        tree -> ((ObjectNode) tree.at("/limits/1")).put("perKwh", "1e9"), "limits[1].perKwh");
    assertRefused(tree -> tree.put("hysteresis", "-0.1"), "hysteresis is not negative");
    assertRefused(tree -> tree.put("shortestRestSeconds", 86_401), "0 to 86400");
    assertRefused(tree -> tree.put("manner", "panic"), "manner is");
    assertRefused(tree -> tree.put("manner", "reduce"), "toKw");
    assertRefused(tree -> tree.put("toKw", 3), "unknown field toKw");
  }
}
