// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Precondition;
import energy.muster.command.Priority;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What may be added to any order.
 *
 * @param until when it reverts: {@code for 30 min}, {@code until 18:00}
 * @param reason {@code because "storm coming"}
 * @param window when it is for
 * @param when {@code only if it is on}; {@code when it is available} waits for it
 * @param atMost {@code no more than 12 devices}: else nothing is sent
 */
public record Options(
    Optional<Moment> until,
    Optional<String> reason,
    Window window,
    Priority priority,
    Optional<Precondition> when,
    OptionalInt atMost) {
  public static final Options NONE =
      new Options(
          Optional.empty(),
          Optional.empty(),
          Window.NONE,
          Priority.ROUTINE,
          Optional.empty(),
          OptionalInt.empty());

  /** Whether the service holds it until the device is as the order wants it. */
  public boolean awaits() {
    return when.filter(Precondition::awaited).isPresent();
  }

  /** Whether somebody said that it may take its time. */
  public boolean patient() {
    return awaits() || window.at().isPresent() || window.by().isPresent();
  }

  public Options in(Window other) {
    return new Options(until, reason, other, priority, when, atMost);
  }

  /** A part of an order that does not revert by itself. */
  public Options withoutUntil() {
    return new Options(Optional.empty(), reason, window, priority, when, atMost);
  }

  Options urgently() {
    return new Options(until, reason, window, Priority.EMERGENCY, when, atMost);
  }

  /** As it is, and only where this is still so. */
  public Options onlyIf(Precondition listed) {
    if (awaits()) {
      return this;
    }
    Precondition both = when.map(said -> Preconditions.joined(said, listed)).orElse(listed);
    return new Options(until, reason, window, priority, Optional.of(both), atMost);
  }

  Options awaiting(Precondition state) {
    return new Options(until, reason, window, priority, Optional.of(state), atMost);
  }
}
