// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import energy.muster.identity.BareJid;
import energy.muster.service.journal.Shedding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who was shed how often and how long, from what the journal has of it. */
public final class ShedTimes {
  /** How often and how long. */
  public record Times(int times, Duration altogether) {}

  private static final class Count {
    private int times;
    private Duration altogether = Duration.ZERO;
    private Optional<Instant> since = Optional.empty();
    private Optional<Instant> until = Optional.empty();

    private void end(Instant at, Instant from) {
      since.ifPresent(
          begin -> {
            Instant end = until.filter(at::isAfter).orElse(at);
            Instant counted = begin.isBefore(from) ? from : begin;
            if (end.isAfter(counted)) {
              altogether = altogether.plus(Duration.between(counted, end));
            }
          });
      since = Optional.empty();
      until = Optional.empty();
    }
  }

  private ShedTimes() {}

  /**
   * Of each device that was shed.
   *
   * @param happened oldest first
   * @param from what was before does not count
   */
  public static Map<BareJid, Times> of(Collection<Shedding> happened, Instant from, Instant now) {
    Map<BareJid, Count> counts = new HashMap<>();
    for (Shedding each : happened) {
      Count count = counts.computeIfAbsent(each.device(), any -> new Count());
      boolean back = count.until.filter(end -> !end.isAfter(each.at())).isPresent();
      if (each.restored() || back) {
        count.end(each.at(), from);
      }
      if (!each.restored()) {
        if (count.since.isEmpty()) {
          count.times++;
          count.since = Optional.of(each.at());
        }
        // The last order on the point decides when it ends.
        count.until = each.until();
      }
    }
    Map<BareJid, Times> times = new HashMap<>();
    counts.forEach(
        (device, count) -> {
          count.end(now, from);
          if (count.times > 0) {
            times.put(device, new Times(count.times, count.altogether));
          }
        });
    return times;
  }
}
