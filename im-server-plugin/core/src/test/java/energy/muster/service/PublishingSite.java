// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.OnePriceTariff;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.tariff.MarketRules;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A supplier with a console, and three meters. */
abstract class PublishingSite {
  private static final Duration FOR_WHO_IS_AWAY = Duration.ofDays(6);

  final World world;
  final SigningIdentity publisher;
  private final Map<String, SigningIdentity> meters = new HashMap<>();
  private final Map<String, FullJid> sessions = new HashMap<>();
  FullJid supplier;
  FullJid meter;

  PublishingSite() {
    this(MarketRules.defaults());
  }

  PublishingSite(MarketRules rules) {
    world = new World(rules);
    publisher = world.pki.identity("tariffs.northco", Role.TARIFF_PUBLISHER, "branch-60");
  }

  @BeforeEach
  void everybodyIsThere() {
    supplier = world.prove(publisher, "console");
    for (String name : List.of("meter-1", "meter-2", "meter-3")) {
      meters.put(name, world.pki.device(name, "branch-60"));
      sessions.put(name, world.prove(meters.get(name), "k1"));
    }
    meter = sessions.get("meter-1");
  }

  final SigningIdentity meter(String name) {
    return meters.get(name);
  }

  private Header header(DocumentType type) {
    return world.header(type, publisher.certified().jid());
  }

  final String day(int later) {
    return world.clock.in(Duration.ofDays(later)).atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  final Tariff tariff(int version, String from, String price) {
    return OnePriceTariff.of(
        header(DocumentType.TARIFF),
        new OfferName("northco", "home"),
        version,
        "Etc/UTC",
        from,
        price);
  }

  /** Hours from that one of today on. */
  final PriceSeries series(int hour, String... prices) {
    return new PriceSeries(
        header(DocumentType.PRICE_SERIES),
        new OfferName("northco", "day-ahead"),
        Currency.getInstance("USD"),
        ZoneId.of("Etc/UTC"),
        hour(hour),
        Duration.ofHours(1),
        Arrays.stream(prices).map(BigDecimal::new).toList());
  }

  final Instant hour(int later) {
    return world.clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(later));
  }

  final PriceAmendment amendment(PriceSeries series, int version, int... hours) {
    return new PriceAmendment(
        header(DocumentType.PRICE_AMENDMENT),
        series.name(),
        series.header().id(),
        version,
        "a line is down",
        Arrays.stream(hours)
            .mapToObj(
                hour -> new PriceAmendment.Change(series.startOf(hour), new BigDecimal("0.95")))
            .toList());
  }

  final Draft draft(PriceDocument document, String... devices) {
    return world
        .draft(publisher, Verb.READ, devices)
        .but(
            command ->
                command
                    .instruction(new Instruction.SetTariff(document))
                    .deliverBy(world.clock.in(FOR_WHO_IS_AWAY))
                    .executeBy(world.clock.in(FOR_WHO_IS_AWAY)));
  }

  final Draft publish(PriceDocument document, String... devices) {
    Draft draft = draft(document, devices);
    world.set(supplier, draft.submit());
    return draft;
  }

  final Reason refusal(PriceDocument document, String... devices) {
    return world.refusal(supplier, draft(document, devices).submit());
  }

  final void answer(Draft order, String device, Result result) {
    world.set(sessions.get(device), world.outcome(meters.get(device), order, result));
  }

  static Result refusedForLackOfRoom() {
    return new Result.Declined(new Refusal(Reason.NO_SPACE, "there is room for 48 KiB"));
  }

  final DeliveryState state(Draft order, String device) {
    return world.journal.state(order.id(), World.jid(device));
  }

  static ObjectNode json(String text) {
    return Json.parse(text);
  }

  final ObjectNode receipts(FullJid asker, String question) {
    return world.get(asker, Payload.of(Wire.RECEIPTS, json(question))).requireLargeJson();
  }

  static String standing(ObjectNode receipts, String device) {
    for (JsonNode each : receipts.get("devices")) {
      if (each.get("device").asText().startsWith(device + "@")) {
        return (each.get("state").asText() + " " + each.path("version").asText()).strip();
      }
    }
    return "absent";
  }

  final JsonNode listed() {
    return world.get(supplier, Payload.empty(Wire.TARIFFS)).requireLargeJson().get("publications");
  }
}
