// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Precondition;
import energy.muster.command.Priority;
import java.time.Duration;
import java.util.Optional;

/**
 * What may be added to any order.
 *
 * @param until when it reverts: {@code for 30 min}, {@code until 18:00}
 * @param reason {@code because "storm coming"}
 * @param onlyIf {@code only if it is on}
 */
public record Options(
    Optional<Moment> until,
    Optional<String> reason,
    Optional<Duration> deliverWithin,
    Optional<Duration> executeWithin,
    Priority priority,
    Optional<Precondition> onlyIf) {
  public static final Options NONE =
      new Options(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Priority.ROUTINE,
          Optional.empty());
}
