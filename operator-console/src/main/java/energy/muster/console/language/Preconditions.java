// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Precondition;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was true of the devices when they were listed, in the form in which each of them judges it
 * again: between the list and the order a device may have changed.
 */
public final class Preconditions {
  private Preconditions() {}

  /**
   * Of conditions that no device can judge of itself, such as that it is unavailable, nothing is
   * kept.
   */
  static Optional<Precondition> of(List<Condition> conditions) {
    Optional<Operating> operating = Optional.empty();
    Optional<Position> position = Optional.empty();
    boolean available = false;
    List<Precondition.Bound> bounds = new ArrayList<>();
    for (Condition condition : conditions) {
      if (condition instanceof Condition.Runs runs) {
        operating = Optional.of(runs.operating());
      } else if (condition instanceof Condition.Stands stands) {
        position = Optional.of(stands.position());
      } else if (condition instanceof Condition.Available) {
        available = true;
      } else if (condition instanceof Condition.Compared compared) {
        bounds.add(compared.bound());
      }
    }
    return operating.isEmpty() && position.isEmpty() && !available && bounds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Precondition(OptionalLong.empty(), operating, position, available, false, bounds));
  }

  /** Both; where they differ, what was said of the order itself counts. */
  public static Precondition joined(Precondition said, Precondition listed) {
    List<Precondition.Bound> bounds = new ArrayList<>(said.bounds());
    listed.bounds().stream().filter(bound -> !bounds.contains(bound)).forEach(bounds::add);
    return new Precondition(
        said.revision(),
        said.operating().or(listed::operating),
        said.position().or(listed::position),
        said.available() || listed.available(),
        false,
        bounds);
  }
}
