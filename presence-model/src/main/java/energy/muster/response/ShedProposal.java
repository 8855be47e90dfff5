// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a utility might do about a price: shed so much while it lasts. It does nothing by itself; a
 * person signs an order, or lets it lapse.
 *
 * @param number by which people call it
 * @param offer whose price it is
 * @param perKwh the highest price of that time
 * @param above the price above which the utility wants to be asked
 * @param from when the price begins
 * @param until when it ends, and the proposal with it
 * @param area whose loads are meant
 * @param by who accepted it; empty until then
 * @param order what they ordered; empty until that is known
 */
public record ShedProposal(
    long number,
    OfferName offer,
    BigDecimal perKwh,
    BigDecimal above,
    String currency,
    Instant from,
    Instant until,
    Power shed,
    Area area,
    State state,
    Optional<BareJid> by,
    Optional<DocumentId> order) {

  /** How far it has come. */
  public enum State {
    OPEN,
    ACCEPTED,
    /** Its price is over. */
    LAPSED,
    /** Its price is another now. */
    WITHDRAWN;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> ofWire(String wire) {
      return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
    }
  }

  public ShedProposal {
    Objects.requireNonNull(offer);
    Objects.requireNonNull(perKwh);
    Objects.requireNonNull(above);
    Objects.requireNonNull(currency);
    Objects.requireNonNull(shed);
    Objects.requireNonNull(area);
    Objects.requireNonNull(state);
    Objects.requireNonNull(by);
    Objects.requireNonNull(order);
    if (number < 1 || !from.isBefore(until)) {
      throw new IllegalArgumentException("a proposal counts from 1 and ends after it begins");
    }
  }

  /** The same under another number. */
  public ShedProposal numbered(long other) {
    return new ShedProposal(
        other, offer, perKwh, above, currency, from, until, shed, area, state, by, order);
  }

  /** The same, ended so. */
  public ShedProposal ended(State end) {
    return in(end, by, order);
  }

  /** The same, taken on by a person, once with the order that they gave. */
  public ShedProposal accepted(BareJid person, Optional<DocumentId> given) {
    return in(State.ACCEPTED, Optional.of(person), given);
  }

  /** The same, as if nobody had taken it on. */
  public ShedProposal reopened() {
    return in(State.OPEN, Optional.empty(), Optional.empty());
  }

  private ShedProposal in(State next, Optional<BareJid> person, Optional<DocumentId> given) {
    return new ShedProposal(
        number, offer, perKwh, above, currency, from, until, shed, area, next, person, given);
  }

  /** Whether both want the same for the same price. */
  public boolean sameAs(ShedProposal other) {
    return offer.equals(other.offer)
        && perKwh.compareTo(other.perKwh) == 0
        && above.compareTo(other.above) == 0
        && from.equals(other.from)
        && until.equals(other.until)
        && shed.equals(other.shed)
        && area.equals(other.area);
  }

  /** Such as {@code shed 500 kW from branch-60: northco/home costs 0.91 USD a kWh …}. */
  public String words() {
    return "shed %s from %s: %s costs up to %s %s a kWh (asked above %s) from %s until %s"
        .formatted(
            shed,
            area.name(),
            offer,
            perKwh.toPlainString(),
            currency,
            above.toPlainString(),
            from,
            until);
  }

  public static ShedProposal read(Fields fields) {
    return fields.all(
        known ->
            new ShedProposal(
                known.integer("number"),
                known.value("offer", OfferName::parse),
                known.exact("perKwh"),
                known.exact("above"),
                known.text("currency"),
                known.instant("from"),
                known.instant("until"),
                new Power(known.decimal("kw")),
                known.value("area", Area::new),
                known.oneOf("state", State::ofWire),
                known.optionalValue("by", BareJid::parse),
                known.optionalValue("order", DocumentId::new)));
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("number", number)
            .put("offer", offer.toString())
            .put("perKwh", perKwh.toPlainString())
            .put("above", above.toPlainString())
            .put("currency", currency)
            .put("from", from.toString())
            .put("until", until.toString())
            .put("kw", shed.kilowatts())
            .put("area", area.name())
            .put("state", state.wire());
    by.ifPresent(person -> object.put("by", person.toString()));
    order.ifPresent(id -> object.put("order", id.text()));
    return object;
  }
}
