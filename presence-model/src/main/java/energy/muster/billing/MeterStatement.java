// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.identity.BareJid;
import energy.muster.metering.EnergySum;
import energy.muster.metering.Readings;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Location;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What a meter says of itself to whoever reads XML: what it is, where it stands, and what it
 * counted today and this month, each with its name, unit and time.
 *
 * @param at as of when
 * @param zone whose day and month are meant
 * @param bill what was billed last, if anything
 */
public record MeterStatement(
    BareJid meter,
    DeviceKind kind,
    Optional<Location> location,
    Instant at,
    ZoneId zone,
    EnergySum today,
    EnergySum thisMonth,
    Optional<Bill> bill) {
  /** The namespace of its elements. */
  public static final String NAMESPACE = "urn:muster:meter:1";

  public static MeterStatement of(
      BareJid meter,
      DeviceKind kind,
      Optional<Location> location,
      Readings readings,
      Instant at,
      ZoneId zone,
      Optional<Bill> bill) {
    LocalDate day = at.atZone(zone).toLocalDate();
    return new MeterStatement(
        meter,
        kind,
        location,
        at,
        zone,
        readings.day(day, zone),
        readings.month(YearMonth.from(day), zone),
        bill);
  }

  /** As an XML document. */
  public String xml() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      write(xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a document in memory was not written", e);
    }
    return text.toString();
  }

  private void write(XMLStreamWriter xml) throws XMLStreamException {
    LocalDate day = at.atZone(zone).toLocalDate();
    xml.writeStartElement("meter");
    xml.writeDefaultNamespace(NAMESPACE);
    xml.writeAttribute("id", meter.toString());
    xml.writeAttribute("type", kind.wire());
    xml.writeAttribute("at", at.toString());
    xml.writeAttribute("zone", zone.getId());
    if (location.isPresent()) {
      write(xml, location.get());
    }
    write(xml, "energy-this-month", YearMonth.from(day).toString(), thisMonth);
    write(xml, "energy-today", day.toString(), today);
    if (bill.isPresent()) {
      write(xml, bill.get());
    }
    xml.writeEndElement();
  }

  private static void write(XMLStreamWriter xml, Location location) throws XMLStreamException {
    xml.writeEmptyElement("location");
    xml.writeAttribute("latitude", location.latitude().toPlainString());
    xml.writeAttribute("longitude", location.longitude().toPlainString());
    if (!location.description().isEmpty()) {
      xml.writeAttribute("description", location.description());
    }
  }

  private static void write(XMLStreamWriter xml, String name, String of, EnergySum sum)
      throws XMLStreamException {
    xml.writeEmptyElement("quantity");
    xml.writeAttribute("name", name);
    xml.writeAttribute("of", of);
    xml.writeAttribute("unit", "kWh");
    xml.writeAttribute("import", sum.importKwh().toPlainString());
    xml.writeAttribute("export", sum.exportKwh().toPlainString());
    xml.writeAttribute("intervals", Integer.toString(sum.intervals()));
    xml.writeAttribute("estimated", Integer.toString(sum.estimated()));
    xml.writeAttribute("missing", Integer.toString(sum.missing()));
  }

  private static void write(XMLStreamWriter xml, Bill bill) throws XMLStreamException {
    xml.writeStartElement("bill");
    xml.writeAttribute("id", bill.id().text());
    xml.writeAttribute("tariff", bill.tariff().toString());
    xml.writeAttribute("from", bill.from().toString());
    xml.writeAttribute("until", bill.until().toString());
    xml.writeAttribute("currency", bill.total().currency().getCurrencyCode());
    xml.writeAttribute("total", bill.total().amount().toPlainString());
    for (Line line : bill.lines()) {
      xml.writeEmptyElement("line");
      xml.writeAttribute("charge", line.charge());
      xml.writeAttribute("quantity", line.quantity().toPlainString());
      xml.writeAttribute("unit", line.unit());
      xml.writeAttribute("amount", line.amount().amount().toPlainString());
    }
    xml.writeEndElement();
  }
}
