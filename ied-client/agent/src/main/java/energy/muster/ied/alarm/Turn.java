// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmRule;
import energy.muster.alarm.Reading;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An alarm has begun, or is over.
 *
 * @param at when it was to be said
 * @param since when what it is about began
 */
public record Turn(
    AlarmRule rule, Alarm.Event event, Instant at, Instant since, Optional<Reading> reading) {
  public Turn {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(event);
    Objects.requireNonNull(at);
    Objects.requireNonNull(since);
    Objects.requireNonNull(reading);
  }
}
