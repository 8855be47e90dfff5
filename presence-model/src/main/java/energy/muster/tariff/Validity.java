// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * From when until when, in whole days of a zone.
 *
 * @param zone of the IANA time zone database; its days and its clocks are the tariff's
 * @param from the first day, in the years 2000 to 2199
 * @param until the first day on which it no longer holds
 */
public record Validity(ZoneId zone, LocalDate from, Optional<LocalDate> until) {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2199;

  public Validity {
    Objects.requireNonNull(zone);
    requireYear(from);
    until.ifPresent(Validity::requireYear);
    Terms.require(until.isEmpty() || from.isBefore(until.get()), "it ends after it begins");
  }

  private static void requireYear(LocalDate day) {
    Terms.require(
        day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR,
        "%s is not in the years 2000 to 2199",
        day);
  }

  public Instant begins() {
    return startOf(from);
  }

  /** Empty when no end was said. */
  public Optional<Instant> ends() {
    return until.map(this::startOf);
  }

  public boolean includes(Instant at) {
    return !at.isBefore(begins()) && ends().map(at::isBefore).orElse(true);
  }

  /** The first moment of a day; where clocks skip midnight, when they do. */
  public Instant startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** A zone by its name in the IANA time zone database; a mere offset has no clocks to change. */
  static ZoneId zone(String name) {
    Terms.require(
        ZoneId.getAvailableZoneIds().contains(name),
        "'%s' is no zone, such as America/Los_Angeles",
        name);
    return ZoneId.of(name);
  }

  static Validity read(Fields fields) {
    return new Validity(
        fields.value("zone", Validity::zone),
        fields.value("from", LocalDate::parse),
        fields.optionalValue("until", LocalDate::parse));
  }

  void write(ObjectNode tariff) {
    tariff.put("zone", zone.getId()).put("from", from.toString());
    until.ifPresent(day -> tariff.put("until", day.toString()));
  }
}
