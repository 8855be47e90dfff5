// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which something waits. It is over when the clock shows a time outside of it, also one
 * before it began: then the clock was set back, and nobody waits for it to come there again.
 */
public record Pause(Instant from, Instant until) {
  /** One that is over. */
  public static final Pause NONE = new Pause(Instant.MIN, Instant.MIN);

  public static Pause of(Instant from, Duration length) {
    return new Pause(from, from.plus(length));
  }

  public boolean over(Instant now) {
    return now.isBefore(from) || !now.isBefore(until);
  }

  public Duration length() {
    return Duration.between(from, until);
  }

  /** How long it still takes. */
  public Duration left(Instant now) {
    return over(now) ? Duration.ZERO : Duration.between(now, until);
  }
}
