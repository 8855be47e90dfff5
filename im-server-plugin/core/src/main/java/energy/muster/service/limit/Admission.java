// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.limit;

import energy.muster.identity.FullJid;
import energy.muster.service.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A token bucket for each session. Safe for use by many threads. */
public final class Admission {
  private final Map<FullJid, Bucket> buckets = new ConcurrentHashMap<>();
  private final double perSecond;
  private final double burst;
  private final InstantSource clock;

  public Admission(Limits limits, InstantSource clock) {
    this.perSecond = limits.stanzasPerSecond();
    this.burst = limits.stanzaBurst();
    this.clock = clock;
  }

  /** Whether one more stanza may pass now. */
  public boolean admit(FullJid from) {
    return buckets.computeIfAbsent(from, any -> new Bucket()).take(clock.instant());
  }

  public void forget(FullJid session) {
    buckets.remove(session);
  }

  private final class Bucket {
    private double tokens = burst;
    private Instant filled = Instant.MIN;

    synchronized boolean take(Instant now) {
      if (now.isAfter(filled) && !filled.equals(Instant.MIN)) {
        double seconds = Duration.between(filled, now).toNanos() / 1e9;
        tokens = Math.min(burst, tokens + seconds * perSecond);
      }
      // Also when the clock was set back: else nothing came in until it is there again.
      filled = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }
}
