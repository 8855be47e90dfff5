// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.clock.Timer;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.StatusText;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells presence when it changes: at once after a quiet spell, in a burst at most four times a
 * second, and always the newest last. Used by one thread at a time.
 */
final class Announcer {
  private static final Duration APART = Duration.ofMillis(250);

  private final Supplier<DevicePresence> presence;
  private final Supplier<String> remarks;
  private final Timer timer;
  private final InstantSource clock;
  private final ZoneId zone;
  private Optional<Link> link = Optional.empty();
  private boolean resting;
  private boolean changed;

  /**
   * @param remarks what people are told beside presence; empty as a rule
   */
  Announcer(
      Supplier<DevicePresence> presence,
      Supplier<String> remarks,
      Timer timer,
      InstantSource clock,
      ZoneId zone) {
    this.presence = presence;
    this.remarks = remarks;
    this.timer = timer;
    this.clock = clock;
    this.zone = zone;
  }

  void attach(Link opened) {
    link = Optional.of(opened);
    changed();
  }

  void detach() {
    link = Optional.empty();
  }

  void changed() {
    changed = true;
    if (!resting && link.isPresent()) {
      tell(link.get());
    }
  }

  private void tell(Link to) {
    changed = false;
    resting = true;
    DevicePresence now = presence.get();
    to.lease(now.lease());
    to.announce(
        new Announcement(
            now.show(),
            status(now),
            Optional.of(Payload.of(Wire.DEVICE, now.at(Optional.empty()).write())),
            Optional.empty(),
            now.location()));
    timer.after(APART, this::rested);
  }

  private String status(DevicePresence now) {
    String said = remarks.get();
    return StatusText.of(now, zone, clock.instant()) + (said.isEmpty() ? "" : "; " + said);
  }

  private void rested() {
    resting = false;
    if (changed) {
      link.ifPresent(this::tell);
    }
  }
}
