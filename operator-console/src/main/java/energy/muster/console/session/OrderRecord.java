// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An order as the service keeps it. Its words are the service's; what is certain stands in the
 * sealed documents.
 *
 * @param counts how many deliveries are in which state; of a large order, more than are named
 * @param goal how far its goal has come, if it has one and all its candidates may be seen
 * @param command the sealed command, where the whole order was asked for
 * @param history every step, oldest first, where the whole order was asked for
 * @param outcomes what devices signed, where the whole order was asked for
 * @param writeOffs what people signed who gave a delivery up, where the whole order was asked for
 */
public record OrderRecord(
    DocumentId id,
    Optional<BareJid> issuer,
    Optional<String> verb,
    Optional<Instant> issuedAt,
    Map<DeliveryState, Long> counts,
    Map<BareJid, Standing> deliveries,
    Optional<GoalRecord> goal,
    Optional<Sealed> command,
    List<Step> history,
    List<Evidence> outcomes,
    List<Evidence> writeOffs) {

  /** One thing that happened to a delivery. */
  public record Step(BareJid device, DeliveryState state, Instant at, String text) {}

  /** A sealed document about one device's delivery. */
  public record Evidence(BareJid device, Sealed sealed) {}

  static List<OrderRecord> readAll(String json) {
    return Fields.of(Json.parseLarge(json)).some(fields -> fields.objects("orders")).stream()
        .map(fields -> fields.some(OrderRecord::read))
        .toList();
  }

  static OrderRecord read(String json) {
    return Fields.of(Json.parseLarge(json)).some(OrderRecord::read);
  }

  private static OrderRecord read(Fields fields) {
    List<Step> history =
        absentOr(fields, "history").stream().map(step -> step.some(OrderRecord::step)).toList();
    Map<BareJid, Standing> deliveries = new LinkedHashMap<>();
    for (Step step : history) {
      deliveries.put(step.device(), new Standing(step.state(), Optional.empty(), step.text()));
    }
    for (Fields delivery : absentOr(fields, "deliveries")) {
      deliveries.put(
          delivery.value("device", BareJid::parse), delivery.some(OrderRecord::standing));
    }
    return new OrderRecord(
        fields.value("id", DocumentId::new),
        fields.optionalValue("issuer", BareJid::parse),
        fields.optionalText("verb"),
        fields.optionalInstant("issuedAt"),
        fields
            .optionalObject("states")
            .map(OrderRecord::counts)
            .orElseGet(() -> counts(deliveries)),
        deliveries,
        fields.optionalObject("goal").map(goal -> goal.some(GoalRecord::read)),
        fields.optionalValue("command", Sealed::ofBase64),
        history,
        evidence(fields, "outcomes", "outcome"),
        evidence(fields, "writeOffs", "writeOff"));
  }

  private static List<Evidence> evidence(Fields fields, String list, String document) {
    return absentOr(fields, list).stream()
        .map(
            each ->
                new Evidence(
                    each.value("device", BareJid::parse), each.value(document, Sealed::ofBase64)))
        .toList();
  }

  /** States by device in an answer to a submission. */
  static Map<BareJid, Standing> deliveries(Fields answer) {
    Map<BareJid, Standing> deliveries = new LinkedHashMap<>();
    for (Fields delivery : absentOr(answer, "deliveries")) {
      deliveries.put(
          delivery.value("device", BareJid::parse), delivery.some(OrderRecord::standing));
    }
    return deliveries;
  }

  private static Map<DeliveryState, Long> counts(Fields states) {
    Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
    for (DeliveryState state : DeliveryState.values()) {
      states.optionalInteger(state.wire()).ifPresent(count -> counts.put(state, count));
    }
    return counts;
  }

  private static Map<DeliveryState, Long> counts(Map<BareJid, Standing> deliveries) {
    Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
    deliveries.values().forEach(standing -> counts.merge(standing.state(), 1L, Long::sum));
    return counts;
  }

  private static Standing standing(Fields fields) {
    return new Standing(
        fields.oneOf("state", DeliveryState::ofWire),
        fields.optionalText("reason").flatMap(Reason::ofWire),
        fields.optionalText("text").orElse(""));
  }

  private static Step step(Fields fields) {
    return new Step(
        fields.value("device", BareJid::parse),
        fields.oneOf("state", DeliveryState::ofWire),
        fields.instant("at"),
        fields.optionalText("text").orElse(""));
  }

  private static List<Fields> absentOr(Fields fields, String name) {
    return fields.has(name) ? fields.objects(name) : List.of();
  }
}
