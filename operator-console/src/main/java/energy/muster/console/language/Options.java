// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Precondition;
import energy.muster.command.Priority;
import java.util.Optional;

/**
 * What may be added to any order.
 *
 * @param until when it reverts: {@code for 30 min}, {@code until 18:00}
 * @param reason {@code because "storm coming"}
 * @param window when it is for
 * @param when {@code only if it is on}; {@code when it is available} waits for it
 */
public record Options(
    Optional<Moment> until,
    Optional<String> reason,
    Window window,
    Priority priority,
    Optional<Precondition> when) {
  public static final Options NONE =
      new Options(
          Optional.empty(), Optional.empty(), Window.NONE, Priority.ROUTINE, Optional.empty());

  /** Whether the service holds it until the device is as the order wants it. */
  public boolean awaits() {
    return when.filter(Precondition::awaited).isPresent();
  }

  /** Whether somebody said that it may take its time. */
  public boolean patient() {
    return awaits() || window.at().isPresent() || window.by().isPresent();
  }

  public Options in(Window other) {
    return new Options(until, reason, other, priority, when);
  }

  /** A part of an order that does not revert by itself. */
  public Options withoutUntil() {
    return new Options(Optional.empty(), reason, window, priority, when);
  }

  Options urgently() {
    return new Options(until, reason, window, Priority.EMERGENCY, when);
  }

  Options awaiting(Precondition state) {
    return new Options(until, reason, window, priority, Optional.of(state));
  }
}
