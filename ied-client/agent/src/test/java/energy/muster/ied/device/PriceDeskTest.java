// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static energy.muster.ied.fixture.OneDevice.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Prices;
import energy.muster.ied.fixture.Prices.Act;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.tariff.PriceSeries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load does about prices by itself. */
class PriceDeskTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private OneDevice device;
  private Prices prices;

  @BeforeEach
  void start() {
    device =
        new OneDevice(
            folder,
            "load-48",
            new DriverSettings.Load(Power.kilowatts(20), false, Optional.empty()));
    prices = new Prices(device);
    assertThat(prices.plan(Prices.shedAbove80())).isInstanceOf(Result.Executed.class);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private Operating operating() {
    device.advance(Duration.ofSeconds(1));
    return device.site().link().presence().orElseThrow().operating();
  }

  private String status() {
    device.advance(Duration.ofSeconds(1));
    var all = device.site().link().announcements();
    return all.get(all.size() - 1).status();
  }

  private List<Verb> done() {
    device.advance(Duration.ZERO);
    return prices.acts().stream().map(act -> act.command().verb()).toList();
  }

  private Result overrule(Duration time) {
    return device.carryOut(
        device.site().order(new Instruction.Overrule(false)).until(device.in(time)));
  }

  @Test
  void aPriceAboveTheLimitShedsAndWhyIsToldUnderTheDevicesSeal() {
    prices.publish(prices.series("northco", 0, "0.70", "0.70", "0.85", "0.70", "0.70"));
    assertThat(operating()).isEqualTo(Operating.ON);

    prices.toHalfHour(2);

    assertThat(operating()).isEqualTo(Operating.OFF);
    Act act = prices.acts().get(0);
    assertThat(act.command().header().issuer()).isEqualTo(device.site().jid());
    assertThat(act.command().reason().orElseThrow())
        .startsWith("0.85 USD a kWh is above the limit of 0.80 (northco/spot");
    assertThat(act.command().info().orElseThrow().at("/price/perKwh").asText()).isEqualTo("0.85");
    assertThat(act.result()).isInstanceOf(Result.Executed.class);
    assertThat(status()).contains("shed by its price rule: 0.85 USD a kWh is above");
  }

  @Test
  void itComesBackWhenThePriceHasFallenFarEnough() {
    prices.publish(prices.series("northco", 0, "0.85", "0.85", "0.85", "0.78", "0.75"));
    assertThat(operating()).isEqualTo(Operating.OFF);

    prices.toHalfHour(3);
    assertThat(operating()).as("0.05 below is wanted").isEqualTo(Operating.OFF);
    prices.toHalfHour(4);

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(done()).containsExactly(Verb.SHED, Verb.RESTORE);
  }

  @Test
  void anAmendmentThatTakesEffectAtOnceIsActedOnAtOnceButNotBeforeTheShortestTime() {
    PriceSeries series = prices.series("northco", 0, "0.85", "0.85", "0.85", "0.85");
    prices.publish(series);
    assertThat(operating()).isEqualTo(Operating.OFF);

    for (int interval = 0; interval < 4; interval++) {
      prices.publish(prices.amendment(series, interval + 2, interval, "0.10"));
    }
    assertThat(operating()).isEqualTo(Operating.OFF);
    device.advance(Duration.ofMinutes(15));

    assertThat(operating()).isEqualTo(Operating.ON);
  }

  @Test
  void withoutAPriceNothingIsDoneAndThatIsSaid() {
    prices.publish(prices.series("northco", 0, "0.85", "0.85"));
    assertThat(operating()).isEqualTo(Operating.OFF);

    prices.toHalfHour(2);

    assertThat(operating()).isEqualTo(Operating.OFF);
    assertThat(status()).contains("does nothing about prices: northco/spot: nothing for now");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void whereverItIsKilledItShedsOnceAndComesBack(int entries) {
    prices.publish(prices.series("northco", 0, "0.70", "0.70", "0.85", "0.85", "0.10"));
    device.journal().dieAfter(entries);
    prices.toHalfHour(2);
    device.restart();
    device.advance(MINUTE);
    assertThat(operating()).isEqualTo(Operating.OFF);

    device.restart();
    assertThat(operating()).isEqualTo(Operating.OFF);
    prices.toHalfHour(4);

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(done()).containsOnlyOnce(Verb.RESTORE);
  }

  @Test
  void whatTheServiceDoesNotTakeIsToldAgainAfterARestart() {
    device.site().link().serviceIsSilent();
    device.site().link().cut();
    var unused = device.site().link().deliver(publication("0.85", "0.85"));
    device.journal().settle();
    assertThat(operating()).isEqualTo(Operating.OFF);
    assertThat(done()).isEmpty();

    device.restart();

    assertThat(done()).containsExactly(Verb.SHED);
  }

  private energy.muster.wire.Payload publication(String... perKwh) {
    PriceSeries series = prices.series("northco", 0, perKwh);
    return energy.muster.ied.fixture.Orders.order(
            device
                .site()
                .pki()
                .identity("tariffs.northco", energy.muster.identity.Role.TARIFF_PUBLISHER, "*"),
            device.site().jid(),
            new Instruction.SetTariff(series),
            device.now())
        .delivery();
  }

  @Test
  void whoOverrulesPricesHasTheLoadBackAtOnceAndForThatTime() {
    prices.publish(prices.series("northco", 0, "0.85", "0.85", "0.85", "0.85", "0.85", "0.85"));
    assertThat(operating()).isEqualTo(Operating.OFF);

    assertThat(overrule(Duration.ofMinutes(45))).isInstanceOf(Result.Executed.class);

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(status()).contains("prices are overruled by op-1, until ");
    device.restart();
    device.advance(Duration.ofMinutes(40));
    assertThat(operating()).isEqualTo(Operating.ON);
    device.advance(Duration.ofMinutes(5));
    assertThat(operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void whoLiftsThatHasThePriceCountAgain() {
    prices.publish(prices.series("northco", 0, "0.85", "0.85", "0.85", "0.85", "0.85", "0.85"));
    overrule(Duration.ofHours(2));
    assertThat(operating()).isEqualTo(Operating.ON);

    device.carryOut(device.site().order(new Instruction.Overrule(true)));
    device.advance(Duration.ofMinutes(5));

    assertThat(operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void whatAnOperatorOrderedCountsUntilItEnds() {
    device.carryOut(
        device
            .site()
            .order(Verb.SHED)
            .executeBy(device.in(MINUTE))
            .until(device.in(MINUTE.multipliedBy(20))));
    prices.publish(prices.series("northco", 0, "0.10", "0.10", "0.85", "0.85"));
    assertThat(operating()).isEqualTo(Operating.OFF);
    assertThat(status()).contains("prices wait, as op-1 ordered shed, until ");

    device.advance(MINUTE.multipliedBy(20));
    assertThat(operating()).isEqualTo(Operating.ON);
    prices.toHalfHour(2);
    assertThat(operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void whatAnOperatorOrderedWithoutAnEndCountsUntilItIsLifted() {
    prices.publish(prices.series("northco", 0, "0.85", "0.85", "0.85", "0.85", "0.85"));
    device.carryOut(device.site().order(Verb.RESTORE));
    device.advance(Duration.ofMinutes(45));
    assertThat(operating()).isEqualTo(Operating.ON);
    device.restart();
    assertThat(operating()).isEqualTo(Operating.ON);

    device.carryOut(device.site().order(new Instruction.Overrule(true)));

    assertThat(operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void anActOfItsOwnMakesNobodysOrderOld() {
    energy.muster.ied.fixture.Orders earlier = device.site().order(Verb.RESTORE);
    device.advance(MINUTE);
    prices.publish(prices.series("northco", 0, "0.85", "0.85", "0.85"));
    assertThat(operating()).isEqualTo(Operating.OFF);

    assertThat(device.carryOut(earlier)).isInstanceOf(Result.Executed.class);
  }

  @Test
  void aRestrictionForbidsItToo() {
    prices.publish(prices.series("northco", 0, "0.70", "0.85", "0.85"));
    device.carryOut(
        device
            .site()
            .order(new Instruction.Restrict(RestrictionReason.MAINTENANCE, "roof"))
            .until(device.in(MINUTE.multipliedBy(40))));

    prices.toHalfHour(1);

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(status()).contains("prices would have it shed, but maintenance: roof");
    device.advance(MINUTE.multipliedBy(10));
    assertThat(operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void whoseClockIsUnsureDoesNothing() {
    overrule(MINUTE);
    prices.publish(prices.series("northco", 0, "0.85", "0.85", "0.85", "0.85"));
    device.keepFloor(device.in(Duration.ofHours(1)));
    device.restart();

    device.advance(MINUTE.multipliedBy(10));

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(status()).contains("does nothing about prices: its clock is unsure");
  }

  @Test
  void aRuleThatIsTakenAwayLeavesNothingShed() {
    prices.publish(prices.series("northco", 0, "0.85", "0.85", "0.85"));
    assertThat(operating()).isEqualTo(Operating.OFF);

    prices.plan(Json.object());

    assertThat(operating()).isEqualTo(Operating.ON);
    assertThat(reason(overrule(MINUTE))).isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void tooDearMayMeanLess() {
    ObjectNode plan = Prices.shedAbove80();
    ((ObjectNode) plan.get("rule")).put("manner", "reduce").put("toKw", 8);
    prices.plan(plan);
    prices.publish(prices.series("northco", 0, "0.85", "0.85", "0.10", "0.10"));
    assertThat(status()).contains("ON, 8 kW").contains("limit by its price rule");

    prices.toHalfHour(2);

    assertThat(status()).contains("ON, 20 kW").doesNotContain("by its price rule");
    assertThat(done()).containsExactly(Verb.LIMIT, Verb.RESTORE);
  }

  @Test
  void theCheapestSupplierIsTakenAndToldUntilTheServiceHasIt() {
    ObjectNode plan = Prices.shedAbove80().put("margin", "0.02").put("shortestStaySeconds", 600);
    Prices.offers(plan, "northco/spot", "southco/spot");
    prices.plan(plan);
    prices.publish(prices.series("northco", 0, "0.90", "0.90", "0.90", "0.30"));
    prices.publish(prices.series("southco", 0, "0.70", "0.70", "0.90", "0.90"));
    device.advance(Duration.ofSeconds(5));

    assertThat(prices.changes()).hasSize(1);
    assertThat(prices.changes().get(0).reason())
        .isEqualTo("southco/spot asks 0.70 a kWh, northco/spot 0.90");
    prices.toHalfHour(2);
    await("all too dear").until(() -> operating() == Operating.OFF);
    prices.toHalfHour(3);
    await().until(() -> operating() == Operating.ON);
    await().until(() -> prices.changes().size() == 2);
    device.restart();
    assertThat(status()).contains("takes northco/spot");
  }

  @Test
  void aReadSaysWhatItsRuleIsAndHowThingsStand() {
    prices.publish(prices.series("northco", 0, "0.55", "0.55", "0.55"));

    assertThat(device.carryOut(device.site().order(Verb.READ)).text())
        .contains("prices: shed above 0.80 USD a kWh; takes northco/spot")
        .contains("now 0.55 USD a kWh is not above the limit of 0.80 (northco");
  }
}
