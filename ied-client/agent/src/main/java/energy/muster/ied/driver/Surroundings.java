// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.ied.clock.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a driver needs from the process it runs in.
 *
 * @param changed to be run after every change that presence should show
 * @param sees to be told at once of a catastrophe
 */
public record Surroundings(
    InstantSource clock, Timer timer, Runnable changed, Consumer<Sighting> sees) {
  /** Of a thing that has no sensors. */
  public Surroundings(InstantSource clock, Timer timer, Runnable changed) {
    this(clock, timer, changed, unseen -> {});
  }

  public Surroundings {
    Objects.requireNonNull(sees);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(timer);
    Objects.requireNonNull(changed);
  }

  Instant now() {
    return clock.instant();
  }

  Timer.Pending at(Instant due, Runnable task) {
    return timer.after(Duration.between(now(), due), task);
  }
}
