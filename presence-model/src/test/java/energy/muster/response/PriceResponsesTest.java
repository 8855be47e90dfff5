// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A load that is switched off above 0.80, drawing at most 8 kW above 0.60, and 4 kW above 0.70. */
class PriceResponsesTest {
  private static final Instant NOON = Instant.parse("2026-07-01T16:00:00Z");
  private static final PricePlan PLAN = plan(tree -> {});

  private PriceResponses responses = PriceResponses.idle(PLAN.rules());
  private OptionalInt acting = OptionalInt.empty();
  private Instant now = NOON;

  private static ObjectNode rule(String manner, String limit) {
    ObjectNode rule =
        Json.object().put("manner", manner).put("currency", "USD").put("zone", "America/New_York");
    rule.putArray("limits")
        .addObject()
        .put("from", "00:00")
        .put("until", "00:00")
        .put("perKwh", limit);
    return rule.put("hysteresis", "0.05")
        .put("shortestResponseSeconds", 600)
        .put("shortestRestSeconds", 300);
  }

  private static PricePlan plan(Consumer<ObjectNode> change) {
    ObjectNode tree = Json.object();
    tree.putArray("offers").add("northco/spot");
    tree.putArray("rules")
        .add(rule("shed", "0.80"))
        .add(rule("reduce", "0.70").put("toKw", 4))
        .add(rule("reduce", "0.60").put("toKw", 8));
    change.accept(tree);
    return PricePlan.read(Fields.of(tree)).orElseThrow();
  }

  /** What it does after so many minutes, at a price; a number begins that rule, "end" ends one. */
  private String after(int minutes, String perKwh) {
    now = now.plusSeconds(minutes * 60L);
    PriceResponses.Look look =
        responses.look(now, acting, rule -> Optional.of(perKwh).map(BigDecimal::new));
    responses = look.next();
    if (look.step().isEmpty()) {
      return "nothing";
    }
    PriceResponses.Step step = look.step().get();
    responses = responses.after(step.rule(), step.begin(), now);
    acting = step.begin() ? OptionalInt.of(step.rule()) : OptionalInt.empty();
    return step.begin() ? String.valueOf(step.rule()) : "end";
  }

  @Test
  void theFirstThatRespondsIsCarriedOut() {
    assertThat(after(0, "0.55")).isEqualTo("nothing");
    assertThat(after(1, "0.65")).isEqualTo("2");
    assertThat(after(1, "0.75")).isEqualTo("1");
    assertThat(after(1, "0.90")).isEqualTo("0");
  }

  @Test
  void whatIsLessTakesOverWhenTheStrongestIsDone() {
    assertThat(after(0, "0.90")).isEqualTo("0");
    assertThat(after(5, "0.76")).as("not yet below").isEqualTo("nothing");
    assertThat(after(6, "0.75")).as("it comes back").isEqualTo("end");
    assertThat(after(0, "0.75")).as("and is limited at once").isEqualTo("1");
    assertThat(after(11, "0.64")).as("from one limit to the next").isEqualTo("2");
    assertThat(after(11, "0.55")).isEqualTo("end");
    assertThat(after(1, "0.55")).isEqualTo("nothing");
  }

  @Test
  void theStrongestBeginsAtOnceThoughAnotherHasJustBegun() {
    assertThat(after(0, "0.65")).isEqualTo("2");
    assertThat(after(0, "0.90")).isEqualTo("0");
  }

  @Test
  void itRestsForItsShortestTime() {
    assertThat(after(0, "0.90")).isEqualTo("0");
    assertThat(after(10, "0.10")).isEqualTo("end");
    assertThat(after(4, "0.90")).isEqualTo("1");
    assertThat(after(1, "0.90")).isEqualTo("0");
  }

  @Test
  void withoutAPriceAllStaysAsItIs() {
    assertThat(after(0, "0.65")).isEqualTo("2");

    PriceResponses.Look look =
        responses.look(now.plusSeconds(3600), acting, rule -> Optional.empty());

    assertThat(look.step()).isEmpty();
    assertThat(look.next()).isEqualTo(responses);
  }

  @Test
  void severalRulesAreWrittenAsTheyWereReadAndOneAsItAlwaysWas() {
    assertThat(PricePlan.read(Fields.of(PLAN.write()))).contains(PLAN);
    assertThat(PLAN)
        .hasToString(
            "shed above 0.80 USD a kWh; else at most 4 kW above 0.70 USD a kWh;"
                + " else at most 8 kW above 0.60 USD a kWh; takes northco/spot");
    ObjectNode one = plan(tree -> tree.putArray("rules").add(rule("shed", "0.80"))).write();
    assertThat(one.has("rule")).isTrue();
    assertThat(one.has("rules")).isFalse();
  }

  @Test
  void rulesThatDoNotGoTogetherAreRefused() {
    assertRefused(tree -> tree.withArray("rules").add(rule("generate", "0.31")), "stands alone");
    assertRefused(
        tree -> tree.withArray("rules").add(rule("shed", "0.9").put("currency", "EUR")),
        "one currency");
    assertRefused(tree -> tree.set("rule", rule("shed", "0.9")), "either rule or rules");
    assertRefused(
        tree -> tree.withArray("rules").add(rule("shed", "1")).add(rule("shed", "2")), "at most 4");
    assertRefused(tree -> tree.putArray("rules"), "left out");
  }

  private static void assertRefused(Consumer<ObjectNode> change, String said) {
    assertThatThrownBy(() -> plan(change)).isInstanceOf(Refused.class).hasMessageContaining(said);
  }

  @Test
  void theLowestPriceOfAllCountsWhereARuleSaysSo() {
    PricePlan plan =
        plan(
            tree -> {
              tree.putArray("offers").add("northco/spot").add("southco/spot");
              tree.put("margin", "0.02").put("shortestStaySeconds", 60).put("usageDays", 7);
              tree.putArray("rules").add(rule("shed", "0.80").put("all", true));
            });

    assertThat(plan.rules().get(0).all()).isTrue();
    assertThat(plan.choice().orElseThrow().usageDays()).hasValue(7);
    assertThat(PricePlan.read(Fields.of(plan.write()))).contains(plan);
    assertThat(plan)
        .hasToString(
            "shed above 0.80 USD a kWh everywhere; takes northco/spot or southco/spot, the cheapest"
                + " for what it used in 7 days, by more than 0.02 USD");
  }
}
