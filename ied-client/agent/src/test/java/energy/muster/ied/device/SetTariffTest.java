// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static energy.muster.ied.fixture.OneDevice.reason;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What energy costs, as a device is told. */
class SetTariffTest {
  @TempDir Path folder;
  private OneDevice device;
  private SigningIdentity publisher;

  @BeforeEach
  void start() {
    device =
        new OneDevice(
            folder, "meter-1", new DriverSettings.Meter(Power.kilowatts(3), BigDecimal.ZERO));
    publisher = device.site().pki().identity("tariffs.northco", Role.TARIFF_PUBLISHER, "*");
  }

  @AfterEach
  void close() {
    device.close();
  }

  private Result publish(PriceDocument document) {
    return device.carryOut(
        Orders.order(
            publisher, device.site().jid(), new Instruction.SetTariff(document), device.now()));
  }

  private ObjectNode fresh(String golden, String publisher) {
    return Json.parse(GoldenFile.compact(golden))
        .put("site", TestPki.SITE)
        .put("issuer", TestPki.jid(publisher).toString())
        .put("id", DocumentId.next(device.now()).text());
  }

  private Tariff tariff(long version) {
    return tariff(version, "tariffs.northco");
  }

  private Tariff tariff(long version, String publisher) {
    return Tariff.read(Json.bytes(fresh("tariff", publisher).put("version", version)));
  }

  private PriceSeries prices() {
    return PriceSeries.read(Json.bytes(fresh("prices", "tariffs.northco")));
  }

  @Test
  void aTariffIsTakenAndKeptOverARestart() {
    assertThat(publish(tariff(3))).isInstanceOf(Result.Executed.class);
    device.restart();
    assertThat(reason(publish(tariff(2)))).isEqualTo(Reason.SUPERSEDED);
    assertThat(reason(publish(tariff(3)))).as("another of it").isEqualTo(Reason.ID_CONFLICT);
    assertThat(publish(tariff(4))).isInstanceOf(Result.Executed.class);
  }

  @Test
  void theSameDocumentAgainIsNoMistake() {
    Tariff tariff = tariff(1);
    publish(tariff);
    assertThat(publish(tariff)).isInstanceOf(Result.Executed.class);
  }

  @Test
  void pricesDoNotOverlap() {
    assertThat(publish(prices())).isInstanceOf(Result.Executed.class);
    assertThat(reason(publish(prices()))).isEqualTo(Reason.ID_CONFLICT);
  }

  private PriceSeries prices(String start, String until, int count) {
    ObjectNode tree = fresh("prices", "tariffs.northco").put("start", start).put("until", until);
    ArrayNode list = tree.putArray("prices");
    for (int i = 0; i < count; i++) {
      list.add("0.1" + i);
    }
    return PriceSeries.read(Json.bytes(tree));
  }

  @Test
  void whatWasMissedIsAGapUntilItComes() {
    PriceSeries missed = prices("2026-10-25T23:00:00Z", "2026-10-26T01:00:00Z", 2);
    PriceSeries later = prices("2026-10-26T01:00:00Z", "2026-10-26T04:00:00Z", 3);
    PriceAmendment amendment =
        PriceAmendment.read(
            Json.bytes(
                fresh("amendment", "tariffs.northco")
                    .put("amends", missed.header().id().text())
                    .set(
                        "changes",
                        Json.object()
                            .putArray("changes")
                            .add(
                                Json.object()
                                    .put("at", "2026-10-26T00:00:00Z")
                                    .put("price", "0.9")))));
    publish(prices());

    assertThat(publish(later).text())
        .contains("northco/day-ahead: nothing from 2026-10-25T23:00:00Z to 2026-10-26T01:00:00Z");
    assertThat(publish(amendment).text()).contains("waits for the prices that it amends");
    device.restart();
    assertThat(device.carryOut(device.site().order(Verb.READ)).text()).contains("nothing from");

    assertThat(publish(missed).text()).doesNotContain("nothing from");
    assertThat(publish(amendment)).isInstanceOf(Result.Executed.class);
    assertThat(device.carryOut(device.site().order(Verb.READ)).text())
        .doesNotContain("nothing from");
  }

  @Test
  void whoDoesNotPublishIsRefused() {
    publisher = device.site().pki().identity("tariffs.northco", Role.OPERATOR, "*");
    assertThat(reason(publish(tariff(1)))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void nobodyPublishesForAnotherSupplier() {
    publisher = device.site().pki().identity("tariffs.southco", Role.TARIFF_PUBLISHER, "*");
    assertThat(reason(publish(tariff(1, "tariffs.southco")))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anEarlierOrderOfAnotherSupplierIsTakenAfterALaterOne() {
    assertThat(publish(tariff(1))).isInstanceOf(Result.Executed.class);
    SigningIdentity other =
        device.site().pki().identity("tariffs.southco", Role.TARIFF_PUBLISHER, "*");
    Tariff theirs =
        Tariff.read(Json.bytes(fresh("tariff", "tariffs.southco").put("supplier", "southco")));
    Orders earlier =
        Orders.order(other, device.site().jid(), new Instruction.SetTariff(theirs), device.now())
            .issuedAt(device.now().minusSeconds(5));
    assertThat(device.carryOut(earlier)).isInstanceOf(Result.Executed.class);
  }
}
