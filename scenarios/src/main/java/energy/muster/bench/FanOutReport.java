// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What {@code bench fan-out} found, each sample until the last answer.
 *
 * @param characters of the content that each device gets
 * @param stanzas in which the outcomes of one request came, on average
 */
record FanOutReport(int devices, int characters, int stanzas, Samples requests, Samples broadcasts)
    implements Report {
  double ratio() {
    return requests.median() / broadcasts.median();
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        fan-out: one signed request to %d devices, %d times in turn with a bare broadcast
          last verified outcome   p50 %.0f ms   slowest %.0f ms   (in %d stanzas)
          last bare answer        p50 %.0f ms   slowest %.0f ms   (%d characters each)
          the request takes %.2f times the broadcast""",
        devices,
        requests.count(),
        requests.median(),
        requests.percentile(100),
        stanzas,
        broadcasts.median(),
        broadcasts.percentile(100),
        characters,
        ratio());
  }

  @Override
  public ObjectNode json() {
    return new Figures("fan-out")
        .put("devices", devices)
        .put("requests", requests.count())
        .put("characters", characters)
        .put("outcome_stanzas", stanzas)
        .put("request_p50_ms", requests.median())
        .put("request_max_ms", requests.percentile(100))
        .put("broadcast_p50_ms", broadcasts.median())
        .put("broadcast_max_ms", broadcasts.percentile(100))
        .put("broadcast_ratio", ratio())
        .json();
  }
}
