// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.presence.DevicePresence;
import energy.muster.presence.Location;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a device promises of its presence beside its lease, as it was installed.
 *
 * @param grace how long it may be overdue; empty where the service's own figure will do
 * @param shortestLease the service may ask for no shorter one
 * @param longestLease nor for a longer one
 * @param location where it stands
 */
public record Promises(
    Optional<Duration> grace,
    Duration shortestLease,
    Duration longestLease,
    Optional<Location> location) {
  /** Any lease there is, and nothing said of the rest. */
  public static final Promises ANY =
      new Promises(
          Optional.empty(),
          DevicePresence.SHORTEST_LEASE,
          DevicePresence.LONGEST_LEASE,
          Optional.empty());

  public Promises {
    Objects.requireNonNull(location);
    grace.ifPresent(DevicePresence::requireGrace);
    DevicePresence.requireLease(shortestLease);
    DevicePresence.requireLease(longestLease);
    if (shortestLease.compareTo(longestLease) > 0) {
      throw new IllegalArgumentException("the shortest lease is longer than the longest");
    }
  }

  /** The nearest lease to this one that it can keep. */
  Duration within(Duration wish) {
    if (wish.compareTo(shortestLease) < 0) {
      return shortestLease;
    }
    return wish.compareTo(longestLease) > 0 ? longestLease : wish;
  }
}
