// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.command.Instruction;
import energy.muster.presence.Operating;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator of a storm is to order.
 *
 * @param at from the beginning of the round
 * @param twice submitted a second time at once, with the same id
 * @param extras what else it says, and what is done about it later
 */
record Order(
    Duration at,
    Instruction instruction,
    List<String> devices,
    Duration deliverWithin,
    Duration executeWithin,
    boolean urgent,
    boolean twice,
    Extras extras) {
  /** One to be submitted at once, without anything else. */
  static Order plain(Instruction instruction, List<String> devices, Duration within) {
    return new Order(
        Duration.ZERO, instruction, devices, within, within, false, false, Extras.NONE);
  }

  /** One of the same terms but the extras, to be submitted at once. */
  Order now(Instruction next) {
    return new Order(
        Duration.ZERO, next, devices, deliverWithin, executeWithin, urgent, twice, Extras.NONE);
  }

  /** One that must be executed while it can be delivered, and is given up if nobody knows then. */
  Order givenUpSoon() {
    return new Order(
        at,
        instruction,
        devices,
        deliverWithin,
        deliverWithin,
        urgent,
        twice,
        Extras.NONE.givenUp(true));
  }

  /** What is done about an order after it was given. */
  enum Sequel {
    CANCEL,
    REPLACE
  }

  /**
   * All times from the order's issue.
   *
   * @param executeAfter it waits on the device until then
   * @param until it is to be undone then
   * @param awaited whether the service holds it until {@code when} is met
   * @param givenUp whether the operator gives it up if nobody knows what became of it
   */
  record Extras(
      Optional<Duration> executeAfter,
      Optional<Duration> until,
      Optional<Operating> when,
      boolean awaited,
      Optional<Sequel> sequel,
      Duration sequelAfter,
      boolean givenUp) {
    static final Extras NONE =
        new Extras(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Duration.ZERO,
            false);

    Extras after(Duration later) {
      return new Extras(Optional.of(later), until, when, awaited, sequel, sequelAfter, givenUp);
    }

    Extras until(Duration end) {
      return new Extras(
          executeAfter, Optional.of(end), when, awaited, sequel, sequelAfter, givenUp);
    }

    Extras when(Operating state, boolean wait) {
      return new Extras(
          executeAfter, until, Optional.of(state), wait, sequel, sequelAfter, givenUp);
    }

    Extras then(Sequel what, Duration after) {
      return new Extras(executeAfter, until, when, awaited, Optional.of(what), after, givenUp);
    }

    Extras givenUp(boolean wanted) {
      return new Extras(executeAfter, until, when, awaited, sequel, sequelAfter, wanted);
    }
  }
}
