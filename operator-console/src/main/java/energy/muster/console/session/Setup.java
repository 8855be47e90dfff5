// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Who works here, and by which clock.
 *
 * @param site the utility's name for the network
 * @param trust whom to believe, as yet perhaps without a revocation list
 * @param idleAfter how long nothing is typed until the person counts as away
 * @param patience how long a line waits for its answers; {@link #PATIENCE} by default
 */
public record Setup(
    String site,
    SigningIdentity identity,
    Trust trust,
    InstantSource clock,
    ZoneId zone,
    Duration patience,
    Duration idleAfter) {
  public static final Duration PATIENCE = Duration.ofSeconds(30);
  public static final Duration IDLE = Duration.ofMinutes(5);

  public Setup {
    Objects.requireNonNull(site);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(trust);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(patience);
    if (idleAfter.isNegative() || idleAfter.isZero()) {
      throw new IllegalArgumentException("nobody is idle at once");
    }
  }

  /** Somebody who counts as away after {@link #IDLE}. */
  public Setup(
      String site,
      SigningIdentity identity,
      Trust trust,
      InstantSource clock,
      ZoneId zone,
      Duration patience) {
    this(site, identity, trust, clock, zone, patience, IDLE);
  }
}
