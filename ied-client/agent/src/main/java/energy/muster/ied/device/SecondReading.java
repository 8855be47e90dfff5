// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.identity.BareJid;
import energy.muster.ied.driver.MeteringPoint;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads again what a thing keeps of intervals that were told already, at the start and once an
 * hour, and finds those of which it says something else by now: after a read error, or when its own
 * register was put right. Used by one thread at a time.
 */
final class SecondReading {
  /** Why a meter corrects itself, for people. */
  static final String REASON = "the meter read its register again";

  private static final Duration EVERY = Duration.ofHours(1);

  /** What is older a bill may rest on for long; people correct it. */
  private static final Duration LOOKED_BACK = Duration.ofDays(62);

  private final BareJid device;
  private final Site site;
  private Instant next = Instant.EPOCH;

  SecondReading(BareJid device, Site site) {
    this.device = device;
    this.site = site;
  }

  boolean due(MeteringPoint point) {
    return point.memory().isPresent() && !site.clock().instant().isBefore(next);
  }

  /** What is to be corrected, the oldest first; nothing where all is as it was. */
  CompletableFuture<List<IntervalEnergy>> differing(MeteringPoint point) {
    Instant now = site.clock().instant();
    return site.journal()
        .intervals(device, now.minus(LOOKED_BACK), now)
        .thenApply(kept -> kept.stream().flatMap(each -> otherwise(each, point).stream()).toList());
  }

  /** All is as it was. */
  void agreed() {
    next = site.clock().instant().plus(EVERY);
  }

  private static Optional<IntervalEnergy> otherwise(IntervalEnergy kept, MeteringPoint point) {
    return point
        .memory()
        .flatMap(memory -> memory.again(kept.start(), point.step()))
        .filter(again -> !again.is(Quality.MISSING))
        .filter(
            again ->
                again.importWh() != kept.importWh()
                    || again.exportWh() != kept.exportWh()
                    || kept.is(Quality.MISSING))
        .map(IntervalEnergy::corrected);
  }
}
