// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.metric.MetricRule;
import energy.muster.metric.UnitOfWork;
import energy.muster.metric.UsageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a shed came to.
 *
 * @param work its records: what was promised and, where the device is metered, what was delivered
 * @param until when all was restored, or as of when it is told
 * @param over whether it is restored
 * @param unmetered the devices of which nobody knows what they delivered, and why
 */
public record Settled(
    UnitOfWork work, Instant until, boolean over, Map<BareJid, String> unmetered) {
  public Settled {
    unmetered = Map.copyOf(unmetered);
  }

  /** What was delivered of what was promised; final, or none. */
  public Optional<BigDecimal> figure() {
    return work.complete() ? MetricRule.SHED_DELIVERED.of(work) : Optional.empty();
  }

  /** The sum of a kind of record so far. */
  public BigDecimal sum(String kind) {
    return work.records().stream()
        .filter(record -> record.kind().equals(kind))
        .map(UsageRecord::value)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** In percent, with one decimal. */
  public Optional<BigDecimal> percent() {
    return figure().map(share -> share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN));
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("order", work.id().text())
            .put("from", work.opened().toString())
            .put("until", until.toString())
            .put("over", over)
            .put("promisedKwh", sum(Settlement.PROMISED).toPlainString())
            .put("deliveredKwh", sum(Settlement.DELIVERED).toPlainString());
    figure()
        .ifPresent(share -> object.put(MetricRule.SHED_DELIVERED.name(), share.toPlainString()));
    var records = object.putArray("records");
    work.records().forEach(record -> records.add(record.write()));
    ObjectNode lacking = object.putObject("unmetered");
    unmetered.forEach((device, why) -> lacking.put(device.toString(), why));
    return object;
  }

  String csv() {
    StringBuilder csv = new StringBuilder("order,source,sequence,at,kind,value\r\n");
    for (UsageRecord record : work.records()) {
      List<String> fields =
          List.of(
              work.id().text(),
              record.source().toString(),
              Long.toString(record.sequence()),
              record.at().toString(),
              record.kind(),
              record.value().toPlainString());
      csv.append(String.join(",", fields)).append("\r\n");
    }
    figure()
        .ifPresent(
            share ->
                csv.append(work.id().text())
                    .append(",,,")
                    .append(until)
                    .append(',')
                    .append(MetricRule.SHED_DELIVERED.name())
                    .append(',')
                    .append(share.toPlainString())
                    .append("\r\n"));
    return csv.toString();
  }
}
