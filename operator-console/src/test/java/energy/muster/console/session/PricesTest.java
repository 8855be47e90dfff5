// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.fixture.OnePriceTariff;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.seal.SigningIdentity;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What energy costs, who knows that, and copies of it. */
final class PricesTest extends Sitting {
  private static final OfferName HOME = OfferName.parse("northco/home");
  private static final OfferName SPOT = OfferName.parse("northco/spot");

  @TempDir Path folder;

  private SigningIdentity northco() {
    return pki.identity("tariffs.northco", Role.TARIFF_PUBLISHER, "*");
  }

  private Header header(DocumentType type, String issuer) {
    return new Header(type, TestPki.SITE, DocumentId.next(now), TestPki.jid(issuer), now);
  }

  private PriceDocument home(long version, String price) {
    return home("tariffs.northco", version, price);
  }

  private PriceDocument home(String issuer, long version, String price) {
    return OnePriceTariff.of(
        header(DocumentType.TARIFF, issuer), HOME, version, "Etc/UTC", "2020-01-01", price);
  }

  private PriceDocument spot(String price, int hours) {
    return new PriceSeries(
        header(DocumentType.PRICE_SERIES, "tariffs.northco"),
        SPOT,
        Currency.getInstance("USD"),
        ZoneId.of("Etc/UTC"),
        now.truncatedTo(ChronoUnit.DAYS),
        Duration.ofHours(1),
        Collections.nCopies(hours, new BigDecimal(price)));
  }

  private void published(PriceDocument document) {
    service.meters.market.publish(pki, northco(), document);
  }

  @Test
  void whereNothingWasPublishedThatIsAnAnswerAndNoFailure() throws Exception {
    for (String line : List.of("tariff", "price now", "prices today", "prices tomorrow")) {
      events.clear();
      assertThat(session.run(line).ok()).as(line).isTrue();
      assertThat(one(Event.Said.class).text()).contains("nobody has published what energy costs");
    }
  }

  @Test
  void aNameThatNobodyPublishedIsAMistakeAndSaysWhatThereIs() throws Exception {
    published(home(1, "0.30"));

    assertThat(session.run("price now northco/hone").ok()).isFalse();
    assertThat(one(Event.Mistaken.class).hint().text()).contains("northco/home");
  }

  @Test
  void theOnlyTariffIsMeantAndTheNewestVersionCounts() throws Exception {
    published(home(1, "0.30"));
    published(home(2, "0.41"));
    published(spot("0.10", 24));

    assertThat(session.run("price now").ok()).isTrue();

    Priced priced = one(Event.PricesShown.class).priced();
    assertThat(priced.offer()).isEqualTo(HOME);
    assertThat(priced.rows().get(0).perKwh().orElseThrow()).isEqualByComparingTo("0.41");
    session.run("tariff");
    assertThat(one(Event.TariffsShown.class).now()).hasSize(1);
    assertThat(one(Event.TariffsShown.class).series()).containsExactly(SPOT);
  }

  @Test
  void pricesThatAreNotPublishedYetAreNoFailure() throws Exception {
    published(spot("0.10", 24));

    assertThat(session.run("prices today").ok()).isTrue();
    assertThat(one(Event.PricesShown.class).priced().rows()).hasSize(24);
    assertThat(session.run("prices tomorrow").ok()).isTrue();
    assertThat(one(Event.Said.class).text()).contains("nobody has published what northco/spot");
  }

  @Test
  void whatTheServiceGivesIsBelievedOnlyByItsPublishersSealAndAskedForOnce() throws Exception {
    published(home(1, "0.30"));
    service.meters.market.publish(pki, pki.operator("op-9", "*"), home("op-9", 2, "0.01"));

    session.run("price now");
    assertThat(all(Event.Distrusted.class)).hasSize(1);
    assertThat(one(Event.PricesShown.class).priced().rows().get(0).perKwh().orElseThrow())
        .isEqualByComparingTo("0.30");

    int fetched = service.meters.market.fetched;
    session.run("price now");
    assertThat(service.meters.market.fetched)
        .as("what is believed is kept; what is not is looked at again")
        .isEqualTo(fetched + 1);
  }

  @Test
  void whoHasItIsAskedByNameAndVersion() throws Exception {
    published(home(1, "0.30"));

    assertThat(session.run("who has tariff home version 1").ok()).isTrue();

    Event.ReceiptsShown shown = one(Event.ReceiptsShown.class);
    assertThat(shown.counts()).containsEntry("has", 1L).containsEntry("waits", 1L);
    assertThat(shown.devices().get(0).version()).contains(1L);
    assertThat(service.meters.market.asked.get(0).path("offer").asText()).isEqualTo("northco/home");
    assertThat(service.meters.market.asked.get(0).path("version").asInt()).isEqualTo(1);
  }

  private void changed(int number, String flag) {
    Instant from = now.plusSeconds(number);
    service.meters.market.changed(
        new ChangeSet(
            DocumentId.next(from),
            DataClass.TARIFFS,
            number,
            from,
            from.plusSeconds(1),
            List.of(flag),
            List.of(Json.object().put("number", number))));
  }

  @Test
  void aCopyTakesWhatItsFlagsWantGoesOnWhereItStoppedAndMissesNone() throws Exception {
    changed(1, "billing");
    changed(2, "registry");
    changed(3, "billing");
    String line = "changes tariffs with billing into " + folder;

    assertThat(session.run(line).ok()).isTrue();
    Event.Copied first = one(Event.Copied.class);
    assertThat(first.sets()).isEqualTo(3);
    assertThat(first.files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("tariffs-00000001.json", "tariffs-00000003.json");

    changed(4, "billing");
    events.clear();
    begin();
    session.run(line);
    Event.Copied second = one(Event.Copied.class);
    assertThat(second.upTo()).isEqualTo(4);
    assertThat(second.files()).hasSize(1);
    assertThat(
            Json.parse(Files.readAllBytes(second.files().get(0))).at("/records/0/number").asInt())
        .isEqualTo(4);
  }

  @Test
  void aPlanIsSignedAsTheFileSaysAndNoneEndsIt() throws Exception {
    Path plan =
        Files.writeString(
            folder.resolve("plan.json"),
            """
            {"offers": ["northco/home", "southco/home"], "currency": "USD", "margin": "0.01",
             "shortestStaySeconds": 60, "usageDays": 7}""");

    session.run("configure load-48 revision 4 prices " + plan);
    session.run("configure load-48 revision 5 prices none");

    assertThat(service.commands()).hasSize(2);
    var given = (Instruction.Configure) service.commands().get(0).instruction();
    var ended = (Instruction.Configure) service.commands().get(1).instruction();
    assertThat(given.settings().at("/prices/usageDays").asInt()).isEqualTo(7);
    assertThat(ended.settings().get("prices")).isEmpty();
  }
}
