// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a bill.
 *
 * @param charge its name in the tariff
 * @param basis by what it is owed
 * @param when in which seasons and periods, as people read it; empty where it is always
 * @param tier which tier, from 1; 0 where there are none
 * @param quantity of what is charged
 * @param unit of the quantity
 * @param price of one of them; empty where it changes from interval to interval
 * @param amount negative for a credit
 * @param uses the intervals it is for; none where it is for no energy
 */
public record Line(
    Kind kind,
    String charge,
    Basis basis,
    String when,
    int tier,
    BigDecimal quantity,
    String unit,
    Optional<BigDecimal> price,
    Money amount,
    List<Use> uses) {

  /** What sort of charge it is, in the order of a bill. */
  public enum Kind {
    FIXED,
    ENERGY,
    DEMAND,
    EXPORT,
    MINIMUM,
    PERCENTAGE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> ofWire(String wire) {
      return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }
  }

  /**
   * The version of the tariff, and the days of which the line is.
   *
   * @param document that says the version
   * @param until the first day after them
   */
  public record Basis(long version, DocumentId document, LocalDate from, LocalDate until) {
    static Basis of(Part part) {
      return new Basis(
          part.tariff().version(), part.tariff().header().id(), part.from(), part.until());
    }
  }

  public Line {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(charge);
    Objects.requireNonNull(basis);
    Objects.requireNonNull(when);
    Objects.requireNonNull(quantity);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(price);
    Objects.requireNonNull(amount);
    uses = List.copyOf(uses);
  }

  Line rounded() {
    return new Line(kind, charge, basis, when, tier, quantity, unit, price, amount.rounded(), uses);
  }

  static Line read(Fields fields, Currency currency) {
    return new Line(
        fields.oneOf("kind", Kind::ofWire),
        fields.text("charge"),
        new Basis(
            fields.integer("version"),
            fields.value("document", DocumentId::new),
            fields.value("from", LocalDate::parse),
            fields.value("until", LocalDate::parse)),
        fields.optionalText("when").orElse(""),
        fields.has("tier") ? Math.toIntExact(fields.integer("tier")) : 0,
        fields.exact("quantity"),
        fields.text("unit"),
        fields.optionalExact("price"),
        new Money(fields.exact("amount"), currency),
        fields.has("uses")
            ? fields.objects("uses").stream().map(use -> use.all(Use::read)).toList()
            : List.of());
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("kind", kind.wire())
            .put("charge", charge)
            .put("version", basis.version())
            .put("document", basis.document().text())
            .put("from", basis.from().toString())
            .put("until", basis.until().toString());
    if (!when.isEmpty()) {
      object.put("when", when);
    }
    if (tier > 0) {
      object.put("tier", tier);
    }
    object.put("quantity", quantity.toPlainString()).put("unit", unit);
    price.ifPresent(each -> object.put("price", each.toPlainString()));
    object.put("amount", amount.amount().toPlainString());
    if (!uses.isEmpty()) {
      uses.stream().map(Use::write).forEach(object.putArray("uses")::add);
    }
    return object;
  }
}
