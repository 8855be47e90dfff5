// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** A point in time that is over, as people say it. */
public sealed interface Since {
  Instant resolve(Instant now, ZoneId zone);

  /** {@code since 24 h}. */
  record Ago(Duration duration) implements Since {
    @Override
    public Instant resolve(Instant now, ZoneId zone) {
      return now.minus(duration);
    }
  }

  /** {@code since 2026-11-01}: the beginning of that day. */
  record Day(LocalDate date) implements Since {
    @Override
    public Instant resolve(Instant now, ZoneId zone) {
      return date.atStartOfDay(zone).toInstant();
    }
  }
}
