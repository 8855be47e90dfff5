// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a supplier asks for energy, by the signed word of a tariff-publisher.
 *
 * @param title for people
 * @param version counts from 1; a higher one takes the place of a lower from its first day on
 * @param billingDay the day of the month on which its billing months begin, 1 to 28
 */
public record Tariff(
    Header header,
    OfferName name,
    String title,
    long version,
    Currency currency,
    Validity validity,
    int billingDay,
    Rounding rounding,
    TariffCalendar calendar,
    Charges charges)
    implements PriceDocument {
  private static final int LAST_BILLING_DAY = 28;
  private static final LocalDate ANY_DAY = LocalDate.of(2000, 1, 1);

  public Tariff {
    Objects.requireNonNull(name);
    Objects.requireNonNull(currency);
    Objects.requireNonNull(rounding);
    Terms.label(title);
    Terms.require(header.type() == DocumentType.TARIFF, "the header is not of a tariff");
    Terms.require(version >= 1, "a tariff's version counts from 1");
    Terms.require(billingDay >= 1 && billingDay <= LAST_BILLING_DAY, "billingDay is 1 to 28");
    Objects.requireNonNull(validity);
    charges.requireFit(calendar);
  }

  /** A later version that holds by now, or from no later day on than the other. */
  @Override
  public boolean replaces(PriceDocument other, Instant now) {
    return other instanceof Tariff lower
        && lower.name.equals(name)
        && lower.version < version
        && (!validity.begins().isAfter(now) || !validity.begins().isAfter(lower.validity.begins()));
  }

  /** Season, day type and period at a moment, whether or not the tariff holds then. */
  public Cell cellAt(Instant at) {
    return calendar.at(at.atZone(validity.zone()).toLocalDateTime());
  }

  /** The same terms, as if they had held since a day, to reckon what would have been owed. */
  public Tariff asIfSince(LocalDate day) {
    return new Tariff(
        header,
        name,
        title,
        version,
        currency,
        new Validity(validity.zone(), day, Optional.empty()),
        billingDay,
        rounding,
        calendar,
        charges);
  }

  /** What a series of prices asks by itself, as if it were a tariff. */
  public static Tariff of(PriceSeries series) {
    EnergyPrice price =
        new EnergyPrice.Following(series.name().name(), BigDecimal.ONE, BigDecimal.ZERO);
    EnergyCharge energy =
        new EnergyCharge(
            "Energy", Tiering.NONE, List.of(new EnergyCharge.Rate(When.ALWAYS, price)));
    Header of = series.header();
    return new Tariff(
        new Header(DocumentType.TARIFF, of.site(), of.id(), of.issuer(), of.issuedAt()),
        series.name(),
        series.name().name(),
        1,
        series.currency(),
        new Validity(series.zone(), ANY_DAY, Optional.empty()),
        1,
        Rounding.LINE,
        new TariffCalendar(List.of(), List.of(), Holidays.NONE, List.of()),
        new Charges(List.of(), List.of(energy), List.of(), List.of(), List.of(), List.of()));
  }

  /** The first day of the billing month in which a day lies. */
  public LocalDate billingMonthOf(LocalDate day) {
    LocalDate begins = day.withDayOfMonth(billingDay);
    return begins.isAfter(day) ? begins.minusMonths(1) : begins;
  }

  public static Tariff read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), Tariff::read);
  }

  static Tariff read(Fields fields) {
    return new Tariff(
        Header.read(fields, DocumentType.TARIFF),
        new OfferName(fields.text("supplier"), fields.text("tariff")),
        fields.text("title"),
        fields.integer("version"),
        fields.value("currency", Money::currencyOf),
        Validity.read(fields),
        Math.toIntExact(fields.integer("billingDay")),
        fields.oneOf("rounding", Rounding::ofWire),
        TariffCalendar.read(fields),
        Charges.read(fields));
  }

  @Override
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("supplier", name.supplier())
            .put("tariff", name.name())
            .put("title", title)
            .put("version", version)
            .put("currency", currency.getCurrencyCode());
    validity.write(object);
    object.put("billingDay", billingDay).put("rounding", rounding.wire());
    calendar.write(object);
    charges.write(object);
    return Json.bytes(object);
  }

  /** Such as {@code northco/night version 3}. */
  @Override
  public String toString() {
    return name + " version " + version;
  }
}
