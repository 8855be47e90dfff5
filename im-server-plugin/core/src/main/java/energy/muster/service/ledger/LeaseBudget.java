// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.presence.DevicePresence;
import energy.muster.service.Outbound;
import energy.muster.service.desk.Desk;
import energy.muster.service.session.Session;
import energy.muster.session.LeaseTerm;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the devices with the shortest leases for longer ones when all of them together would renew
 * too often, and for their own again when there is room. What a device makes of it is its own
 * business. Only for use at the desk.
 */
final class LeaseBudget {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseBudget.class);
  // A lease is renewed at half.
  private static final double RENEWALS_PER_LEASE = 2;

  private final int renewalsPerSecond;
  private final Outbound outbound;
  private final Desk desk;

  LeaseBudget(int renewalsPerSecond, Outbound outbound, Desk desk) {
    this.renewalsPerSecond = renewalsPerSecond;
    this.outbound = outbound;
    this.desk = desk;
  }

  void review(Collection<Watch> all) {
    List<Watch> there =
        all.stream()
            .filter(watch -> watch.phase().there() && watch.ownLease().isPresent())
            .toList();
    Duration floor = floor(there.stream().map(watch -> watch.ownLease().orElseThrow()).toList());
    for (Watch watch : there) {
      Duration own = watch.ownLease().orElseThrow();
      Duration wish = own.compareTo(floor) < 0 ? floor : own;
      if (watch.wish(wish)) {
        watch.session().ifPresent(session -> ask(watch, session, wish));
      }
    }
  }

  /** The shortest lease with which all that have a shorter one of their own fit in. */
  private Duration floor(List<Duration> own) {
    long low = DevicePresence.SHORTEST_LEASE.toSeconds();
    long high = DevicePresence.LONGEST_LEASE.toSeconds();
    while (low < high) {
      long middle = (low + high) / 2;
      if (rate(own, middle) <= renewalsPerSecond) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Duration.ofSeconds(low);
  }

  private static double rate(List<Duration> own, long floor) {
    return own.stream()
        .mapToDouble(lease -> RENEWALS_PER_LEASE / Math.max(lease.toSeconds(), floor))
        .sum();
  }

  private void ask(Watch watch, Session session, Duration wish) {
    outbound
        .ask(session.jid(), new LeaseTerm(wish).payload())
        .thenAccept(
            answer -> {
              if (answer.wire() == Wire.LEASE && answer.json().isPresent()) {
                Duration taken = LeaseTerm.read(answer).lease();
                desk.put(() -> watch.took(session, taken));
              }
            })
        .exceptionally(
            failure -> {
              LOG.debug("{} takes no lease of {}: {}", session, wish, failure.toString());
              return null;
            });
  }
}
