// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.clock.Timer;
import energy.muster.link.Link;
import energy.muster.link.SessionTerms;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Renews the lease of a device that promises to be heard more often than its session beats by
 * itself. Used by one thread at a time.
 */
final class Renewal {
  // A session beats at half of what the service granted it, 60 s unless it says otherwise.
  private static final Duration USUAL = Duration.ofSeconds(60);

  private final Supplier<Duration> lease;
  private final Timer timer;
  private Timer.Pending next = Timer.Pending.NONE;

  /**
   * @param lease what the device's presence promises; it may change
   */
  Renewal(Supplier<Duration> lease, Timer timer) {
    this.lease = lease;
    this.timer = timer;
  }

  /** A session is proven: from now on it is kept up. */
  void begin(Link link) {
    next.cancel();
    Duration granted = link.terms().map(SessionTerms::lease).orElse(USUAL);
    Duration promised = lease.get();
    boolean shorter = promised.compareTo(granted) < 0;
    next = timer.after((shorter ? promised : granted).dividedBy(2), () -> renew(link, shorter));
  }

  private void renew(Link link, boolean shorter) {
    if (shorter) {
      var unused = link.set(Payload.empty(Wire.LEASE));
    }
    begin(link);
  }

  void end() {
    next.cancel();
  }
}
