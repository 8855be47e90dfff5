// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A point in time as people say it; which one it is depends on when and where they say it. */
public sealed interface Moment {
  Instant resolve(Instant now, ZoneId zone);

  /** {@code for 30 min}. */
  record After(Duration duration) implements Moment {
    @Override
    public Instant resolve(Instant now, ZoneId zone) {
      return now.plus(duration);
    }
  }

  /** {@code until 18:00}: the next time a clock on the wall shows that. */
  record NextTime(LocalTime time) implements Moment {
    @Override
    public Instant resolve(Instant now, ZoneId zone) {
      ZonedDateTime local = now.atZone(zone);
      ZonedDateTime today = local.toLocalDate().atTime(time).atZone(zone);
      return today.isAfter(local)
          ? today.toInstant()
          : local.toLocalDate().plusDays(1).atTime(time).atZone(zone).toInstant();
    }
  }

  /** {@code until 2026-11-21T18:00:00Z}. */
  record Exactly(Instant instant) implements Moment {
    @Override
    public Instant resolve(Instant now, ZoneId zone) {
      return instant;
    }
  }
}
