// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.ied.branch.Downstream;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.link.Link;
import energy.muster.presence.Contact;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Keeps a master IED's view of its branch open, and tells what it shows. Whether the device may
 * have it is the service's to say, by its certificate. Used by one thread at a time.
 */
final class BranchWatch {
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final BareJid device;
  private final Site site;
  private final Equipment equipment;
  private final Timer timer;
  private final Executor executor;
  private final Downstream downstream;
  private final Runnable heard;
  private Optional<Link> link = Optional.empty();
  private Timer.Pending retry = Timer.Pending.NONE;
  private boolean proven;

  BranchWatch(
      BareJid device,
      Site site,
      Equipment equipment,
      Timer timer,
      Executor executor,
      Runnable heard) {
    this.device = device;
    this.site = site;
    this.equipment = equipment;
    this.timer = timer;
    this.executor = executor;
    this.heard = heard;
    downstream = new Downstream(device);
  }

  void attach(Link opened) {
    link = Optional.of(opened);
  }

  void proven() {
    proven = true;
    equipment.branch().map(DriverSettings.Branch::area).ifPresent(this::open);
  }

  /** What it knew stays; it is told anew when the session is back. */
  void cut() {
    proven = false;
    retry.cancel();
  }

  private void open(Area branch) {
    retry.cancel();
    var unused =
        link.orElseThrow()
            .set(Payload.of(Wire.VIEW, downstream.open(branch)))
            .whenCompleteAsync(
                (answer, failure) -> {
                  if (failure == null) {
                    take(() -> downstream.begin(answer.requireLargeJson()));
                  } else if (proven) {
                    trouble(failure.toString());
                    retry = timer.after(AGAIN, () -> open(branch));
                  }
                },
                executor);
  }

  void changed(Payload message) {
    take(
        () -> {
          if (!downstream.change(message.requireLargeJson())) {
            equipment.branch().map(DriverSettings.Branch::area).ifPresent(this::open);
          }
        });
  }

  private void take(Runnable news) {
    try {
      news.run();
      equipment.hear(downstream.contacts());
      heard.run();
    } catch (Refused e) {
      trouble(e.refusal().toString());
    }
  }

  List<Contact> contacts() {
    return downstream.contacts();
  }

  private void trouble(String why) {
    site.events().trouble(device, "the view of its branch: " + why);
  }
}
