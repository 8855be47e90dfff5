// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What {@code bench submit} found.
 *
 * @param counted submissions in flight during which the syncs were counted
 * @param syncs of the server's database in that time
 */
record SubmitReport(
    int inFlight, Rates serial, Rates together, Rates unsynced, int counted, int syncs)
    implements Report {

  double gain() {
    return together.median() / serial.median();
  }

  /** What is left of the rate when each answer waits for the disk. */
  double kept() {
    return together.median() / unsynced.median();
  }

  double perSync() {
    return (double) counted / syncs;
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        submit: accepted orders a second, medians of blocks that take turns
          one after another      %.0f/s   (%d orders)
          %-3d in flight          %.0f/s   (%d orders)   %.2f times one after another
          the same, syncs off    %.0f/s   (%d orders)   %.2f of this rate is kept with syncs on
          syncs                  %d for %d orders in flight: %.1f orders a sync""",
        serial.median(),
        serial.total(),
        inFlight,
        together.median(),
        together.total(),
        gain(),
        unsynced.median(),
        unsynced.total(),
        kept(),
        syncs,
        counted,
        perSync());
  }

  @Override
  public ObjectNode json() {
    return new Figures("submit")
        .put("in_flight", inFlight)
        .put("orders", together.total())
        .put("serial_per_s", serial.median())
        .put("in_flight_per_s", together.median())
        .put("unsynced_per_s", unsynced.median())
        .put("serial_ratio", gain())
        .put("unsynced_ratio", kept())
        .put("orders_counted", counted)
        .put("syncs", syncs)
        .put("orders_per_sync", perSync())
        .json();
  }
}
