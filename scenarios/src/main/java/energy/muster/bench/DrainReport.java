// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What {@code bench drain} found.
 *
 * @param bare until the last plain client is logged in
 * @param proven until the last device has proven itself, with nothing held
 * @param drained until the last outcome of one held order each
 */
record DrainReport(int devices, Samples bare, Samples proven, Samples drained) implements Report {
  double bareRatio() {
    return drained.median() / bare.median();
  }

  double provenRatio() {
    return drained.median() / proven.median();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        drain: %d devices come back, %d times each way
          one held order each, last verified outcome   p50 %.0f ms
          nothing held, last proven                    p50 %.0f ms
          plain clients, last logged in                p50 %.0f ms
          draining takes %.2f times the bare reconnect, %.2f times the proven one""",
        devices,
        drained.count(),
        drained.median(),
        proven.median(),
        bare.median(),
        bareRatio(),
        provenRatio());
  }

  @Override
  public ObjectNode json() {
    return new Figures("drain")
        .put("devices", devices)
        .put("returns", drained.count())
        .put("drained_p50_ms", drained.median())
        .put("proven_p50_ms", proven.median())
        .put("bare_p50_ms", bare.median())
        .put("bare_ratio", bareRatio())
        .put("proven_ratio", provenRatio())
        .json();
  }
}
