// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.billing.CostStatement;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.metering.Readings;
import energy.muster.metric.MetricRule;
import energy.muster.metric.MetricRule.Composition;
import energy.muster.metric.UnitOfWork;
import energy.muster.metric.UsageRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The days of a month that a meter's statement is of, as a unit of work: each day is a record of
 * what was drawn, and the statement closes it.
 */
final class BillingWindow {
  private static final String DRAWN = "import-kwh";
  private static final List<MetricRule> RULES =
      List.of(
          new MetricRule("window-kwh", new Composition.Sum(DRAWN)),
          new MetricRule("largest-day-kwh", new Composition.Largest(DRAWN)),
          new MetricRule("window-days", new Composition.Count(DRAWN)));

  private BillingWindow() {}

  /**
   * @param known what the service has of the meter
   */
  private static UnitOfWork of(CostStatement statement, Readings known) {
    BareJid meter = statement.header().issuer();
    UnitOfWork work =
        UnitOfWork.open(
            statement.header().id(), statement.from().atStartOfDay(statement.zone()).toInstant());
    long sequence = 0;
    for (LocalDate day = statement.from(); !day.isAfter(statement.day()); day = day.plusDays(1)) {
      sequence++;
      work =
          work.with(
              new UsageRecord(
                  meter,
                  sequence,
                  day.plusDays(1).atStartOfDay(statement.zone()).toInstant(),
                  DRAWN,
                  known.day(day, statement.zone()).importKwh()));
    }
    return work.closed(
        new UnitOfWork.Closing(statement.header().issuedAt(), Map.of(meter, sequence)));
  }

  /** Its figures, which are final: all records are there. */
  static ObjectNode figures(CostStatement statement, Readings known) {
    UnitOfWork work = of(statement, known);
    ObjectNode json =
        Json.object()
            .put("device", statement.header().issuer().toString())
            .put("unit", work.id().text())
            .put("from", statement.from().toString())
            .put("until", statement.day().plusDays(1).toString());
    ObjectNode figures = json.putObject("figures");
    RULES.forEach(
        rule -> rule.of(work).ifPresent(value -> figures.put(rule.name(), value.toPlainString())));
    return json;
  }
}
