// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.IntervalRun;
import energy.muster.metering.Readings;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a meter reckons by itself, signed: what it counted since the first of the month and what
 * that costs under the tariff that it has, so that whoever bills it can compare.
 *
 * @param zone whose days these are
 * @param day the last whole day; the statement is from the first of its month to its end
 * @param counted what it counted, whole days of it
 * @param bill what that costs; empty where the device has no tariff to reckon by
 */
public record CostStatement(
    Header header, ZoneId zone, LocalDate day, Readings counted, Optional<Bill> bill) {
  /** A month of quarter hours, and a clock that is set back. */
  public static final int MOST = 31 * 96 + 4;

  private static final int RUN = 1_500;

  public CostStatement {
    Objects.requireNonNull(zone);
    Objects.requireNonNull(day);
    Objects.requireNonNull(bill);
    if (header.type() != DocumentType.COST_STATEMENT) {
      throw new IllegalArgumentException("the header is not of a cost-statement");
    }
    if (counted.size() > MOST) {
      throw new IllegalArgumentException("a statement is of at most " + MOST + " intervals");
    }
    if (bill.filter(owed -> !owed.meter().equals(header.issuer())).isPresent()) {
      throw new IllegalArgumentException("a meter reckons for itself");
    }
  }

  /** The first of the month. */
  public LocalDate from() {
    return day.withDayOfMonth(1);
  }

  public static CostStatement read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), CostStatement::read);
  }

  private static CostStatement read(Fields fields) {
    Header header = Header.read(fields, DocumentType.COST_STATEMENT);
    ZoneId zone = fields.value("zone", ZoneId::of);
    LocalDate day = fields.value("day", LocalDate::parse);
    List<IntervalEnergy> intervals = new ArrayList<>();
    List<IntervalRun> runs =
        fields.objects("counted").stream().map(each -> each.all(IntervalRun::read)).toList();
    runs.forEach(run -> intervals.addAll(run.intervals()));
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a statement is of at least one interval");
    }
    return new CostStatement(
        header,
        zone,
        day,
        Readings.of(runs.get(0).step(), intervals),
        fields.optionalObject("bill").map(Bill::read));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("zone", zone.getId()).put("day", day.toString());
    ArrayNode runs = object.putArray("counted");
    for (int first = 0; first < counted.size(); first += RUN) {
      List<IntervalEnergy> intervals = new ArrayList<>();
      for (int i = first; i < Math.min(counted.size(), first + RUN); i++) {
        intervals.add(counted.at(i));
      }
      new IntervalRun(counted.step(), intervals).write(runs.addObject());
    }
    bill.ifPresent(owed -> object.set("bill", owed.write()));
    return Json.bytes(object);
  }
}
