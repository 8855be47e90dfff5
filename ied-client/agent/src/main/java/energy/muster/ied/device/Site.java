// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.journal.Journal;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What the devices of one process share.
 *
 * @param name the utility's name for the network
 * @param workers runs what devices do; each device does one thing at a time
 * @param timers makes a timer whose tasks run on the given executor
 * @param zone in which times are said to people
 */
public record Site(
    String name,
    Journal journal,
    TrustedClock clock,
    TrustStore trust,
    Executor workers,
    Function<Executor, Timer> timers,
    Events events,
    ZoneId zone) {
  public Site {
    Objects.requireNonNull(name);
    Objects.requireNonNull(journal);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(trust);
    Objects.requireNonNull(workers);
    Objects.requireNonNull(timers);
    Objects.requireNonNull(events);
    Objects.requireNonNull(zone);
  }
}
