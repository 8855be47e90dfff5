// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What {@code bench publish} found, each sample until the last answer.
 *
 * @param there how many of the devices were not away
 * @param characters of the content that each device gets
 * @param backMillis from the start of those who were away until the last of them had it
 * @param prices looked up a second
 * @param bills of a year of quarters of an hour a second
 */
record PublishReport(
    int devices,
    int there,
    int characters,
    Samples receipts,
    Samples broadcasts,
    double backMillis,
    double prices,
    double bills)
    implements Report {
  double ratio() {
    return receipts.median() / broadcasts.median();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        publish: one tariff to %d devices, %d of them away, %d times in turn with a bare broadcast to the rest
          last receipt      p50 %.0f ms   slowest %.0f ms
          last bare answer  p50 %.0f ms   slowest %.0f ms   (%d characters each)
          the tariff takes %.2f times the broadcast
          those who were away had the newest %.0f ms after they were started
          %.0f prices looked up a second, %.1f bills of a year of 15 min intervals a second""",
        devices,
        devices - there,
        receipts.count(),
        receipts.median(),
        receipts.percentile(100),
        broadcasts.median(),
        broadcasts.percentile(100),
        characters,
        ratio(),
        backMillis,
        prices,
        bills);
  }

  @Override
  public ObjectNode json() {
    return new Figures("publish")
        .put("devices", devices)
        .put("away", devices - there)
        .put("tariffs", receipts.count())
        .put("characters", characters)
        .put("receipt_p50_ms", receipts.median())
        .put("receipt_max_ms", receipts.percentile(100))
        .put("broadcast_p50_ms", broadcasts.median())
        .put("broadcast_max_ms", broadcasts.percentile(100))
        .put("broadcast_ratio", ratio())
        .put("back_ms", backMillis)
        .put("prices_per_second", prices)
        .put("bills_per_second", bills)
        .json();
  }
}
