// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What {@code bench rtt} found. The floor is what no implementation with these guarantees can go
 * below here: the ping, and one after another every signature, check and sync that lies on the way,
 * each at what it cost in the same blocks.
 */
record RttReport(Samples trips, Samples pings, Samples signs, Samples verifies, Samples syncs)
    implements Report {
  /** The command by the console, the outcome by the device. */
  private static final int SIGNS = 2;

  /** The command by service and device, the outcome by service and console. */
  private static final int VERIFIES = 4;

  /** Submission and outcome at the service, intent and outcome on the device. */
  private static final int SYNCS = 4;

  double floor() {
    return pings.median()
        + SIGNS * signs.median()
        + VERIFIES * verifies.median()
        + SYNCS * syncs.median();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        rtt: submit to verified outcome, %d trips in blocks alternating with %d pings
          round trip   p50 %.2f ms   p99 %.2f ms   (p99 is %.1f times p50)
          bare ping    p50 %.2f ms   p99 %.2f ms
          parts        sign %.3f ms x %d   verify %.3f ms x %d   sync %.3f ms x %d
          floor        %.2f ms (ping and parts)
          p50 is %.2f times the ping, %.2f times the floor""",
        trips.count(),
        pings.count(),
        trips.median(),
        trips.percentile(99),
        trips.percentile(99) / trips.median(),
        pings.median(),
        pings.percentile(99),
        signs.median(),
        SIGNS,
        verifies.median(),
        VERIFIES,
        syncs.median(),
        SYNCS,
        floor(),
        trips.median() / pings.median(),
        trips.median() / floor());
  }

  @Override
  public ObjectNode json() {
    return new Figures("rtt")
        .put("trips", trips.count())
        .put("p50_ms", trips.median())
        .put("p99_ms", trips.percentile(99))
        .put("ping_p50_ms", pings.median())
        .put("ping_p99_ms", pings.percentile(99))
        .put("ping_ratio", trips.median() / pings.median())
        .put("sign_p50_ms", signs.median())
        .put("verify_p50_ms", verifies.median())
        .put("sync_p50_ms", syncs.median())
        .put("floor_ms", floor())
        .put("floor_ratio", trips.median() / floor())
        .json();
  }
}
