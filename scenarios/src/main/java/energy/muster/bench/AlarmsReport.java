// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;

/**
 * What {@code bench alarms} found; that none was lost it has made sure of before.
 *
 * @param seconds from the first alarm of the storm until the last was on a screen
 * @param late of the critical ones, how many were neither taken on nor passed on in time
 * @param longest that one of them stayed with a step beyond its time
 */
record AlarmsReport(
    int devices,
    int alarms,
    double seconds,
    Samples pings,
    Samples calm,
    Samples storm,
    int critical,
    int late,
    Duration longest)
    implements Report {
  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        alarms: %d of %d devices, none lost, in %.1f s
          to a screen  one by one p50 %.1f ms, p99 %.1f ms; in the storm p50 %.0f ms, p99 %.0f ms
          a ping to the server takes %.2f ms: %.1f of them are one alarm
          critical     %d, of which %d were neither taken on nor passed on within a second of their step (longest %d ms)""",
        alarms,
        devices,
        seconds,
        calm.median(),
        calm.percentile(99),
        storm.median(),
        storm.percentile(99),
        pings.median(),
        calm.median() / pings.median(),
        critical,
        late,
        longest.toMillis());
  }

  @Override
  public ObjectNode json() {
    return new Figures("alarms")
        .put("devices", devices)
        .put("alarms", alarms)
        .put("seconds", seconds)
        .put("ping_p50_ms", pings.median())
        .put("calm_p50_ms", calm.median())
        .put("calm_p99_ms", calm.percentile(99))
        .put("ping_ratio", calm.median() / pings.median())
        .put("storm_p50_ms", storm.median())
        .put("storm_p99_ms", storm.percentile(99))
        .put("critical", critical)
        .put("late", late)
        .put("longest_ms", (double) longest.toMillis())
        .json();
  }
}
