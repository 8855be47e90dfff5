// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.Money;
import energy.muster.tariff.OfferName;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is owed for the energy of a period.
 *
 * @param zone whose days these are
 * @param from the first day
 * @param until the first day after the period
 * @param lines in the order of the days, each part's in the order of a bill
 * @param total the sum of the lines
 * @param doubts the intervals that were not simply measured
 * @param corrects the bill whose place this one takes; empty when it takes none
 */
public record Bill(
    DocumentId id,
    BareJid meter,
    OfferName tariff,
    ZoneId zone,
    LocalDate from,
    LocalDate until,
    List<Line> lines,
    Money total,
    List<Doubt> doubts,
    Optional<Correction> corrects) {

  /**
   * What another bill is changed by.
   *
   * @param bill which it was
   * @param total its total
   * @param difference what is owed beside it; negative where something is paid back
   */
  public record Correction(DocumentId bill, Money total, Money difference) {
    public Correction {
      Objects.requireNonNull(bill);
      Objects.requireNonNull(total);
      Objects.requireNonNull(difference);
    }
  }

  public Bill {
    Objects.requireNonNull(id);
    Objects.requireNonNull(meter);
    Objects.requireNonNull(tariff);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(total);
    Objects.requireNonNull(corrects);
    lines = List.copyOf(lines);
    doubts = List.copyOf(doubts);
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a bill is of one day at least");
    }
  }

  /**
   * This bill as the correction of another of the same meter and days, which stays as it is.
   *
   * @throws IllegalArgumentException when the other is of another meter, other days or another
   *     currency
   */
  public Bill correcting(Bill original) {
    if (!meter.equals(original.meter)
        || !from.equals(original.from)
        || !until.equals(original.until)) {
      throw new IllegalArgumentException("a bill corrects one of the same meter and days");
    }
    return new Bill(
        id,
        meter,
        tariff,
        zone,
        from,
        until,
        lines,
        total,
        doubts,
        Optional.of(new Correction(original.id, original.total, total.minus(original.total))));
  }

  /** The same sums for the same reasons, whatever the two are called. */
  public boolean agreesWith(Bill other) {
    return meter.equals(other.meter)
        && tariff.equals(other.tariff)
        && from.equals(other.from)
        && until.equals(other.until)
        && total.equals(other.total)
        && lines.equals(other.lines);
  }

  /** Reads what {@link #write} wrote. */
  public static Bill read(Fields fields) {
    return fields.all(
        known -> {
          Currency currency = known.value("currency", Money::currencyOf);
          return new Bill(
              known.value("id", DocumentId::new),
              known.value("meter", BareJid::parse),
              known.value("tariff", OfferName::parse),
              known.value("zone", ZoneId::of),
              known.value("from", LocalDate::parse),
              known.value("until", LocalDate::parse),
              known.objects("lines").stream()
                  .map(each -> each.all(line -> Line.read(line, currency)))
                  .toList(),
              money(known, "total", currency),
              known.objects("doubts").stream().map(each -> each.all(Doubt::read)).toList(),
              known
                  .optionalObject("corrects")
                  .map(
                      each ->
                          each.all(
                              said ->
                                  new Correction(
                                      said.value("bill", DocumentId::new),
                                      money(said, "total", currency),
                                      money(said, "difference", currency)))));
        });
  }

  private static Money money(Fields fields, String name, Currency currency) {
    return new Money(fields.exact(name), currency);
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("id", id.text())
            .put("meter", meter.toString())
            .put("tariff", tariff.toString())
            .put("currency", total.currency().getCurrencyCode())
            .put("zone", zone.getId())
            .put("from", from.toString())
            .put("until", until.toString());
    ArrayNode all = object.putArray("lines");
    lines.forEach(line -> all.add(line.write()));
    object.put("total", total.amount().toPlainString());
    ArrayNode unsure = object.putArray("doubts");
    doubts.forEach(doubt -> unsure.add(doubt.write()));
    corrects.ifPresent(
        original ->
            object
                .putObject("corrects")
                .put("bill", original.bill().text())
                .put("total", original.total().amount().toPlainString())
                .put("difference", original.difference().amount().toPlainString()));
    return object;
  }
}
