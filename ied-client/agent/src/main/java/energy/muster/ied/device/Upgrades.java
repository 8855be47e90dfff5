// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Command;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.journal.Intent;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.Optional;

/**
 * Orders to go to another firmware, which take long, let other orders through, and outlive a
 * restart. Used by one thread at a time.
 */
interface Upgrades {
  /** Of a device that cannot be upgraded. */
  Upgrades NONE =
      new Upgrades() {
        @Override
        public void concludeBy(OrderRecord record, Interruption interruption) {}

        @Override
        public void begin(Command command, Intent intent) {
          throw new IllegalStateException("it was to be refused");
        }

        @Override
        public Resumed resume(Command command, Intent intent) {
          return Resumed.NOT_HERE;
        }

        @Override
        public Optional<Order> stop(CommandKey key) {
          return Optional.empty();
        }
      };

  /** One that is not answered yet. */
  record Order(Command command, Intent intent) {}

  /** Whether an order that the last run left is taken up. */
  enum Resumed {
    TAKEN_UP,
    /** The device cannot be upgraded any more. */
    NOT_HERE
  }

  /** What the orders know of whether the device may be interrupted. */
  interface Interruption {
    /** Whether an order is being carried out or written down. */
    boolean busy();

    /** Whether an order waits for a time that is near. */
    boolean soon();
  }

  /** The result of a device that has lost its slots. */
  static Result lost() {
    return new Result.Failed(
        new Refusal(Reason.UNSUPPORTED, "the device cannot be upgraded any more"));
  }

  /** Before anything else is asked of it. */
  void concludeBy(OrderRecord record, Interruption interruption);

  /** Takes an order that is on disk. */
  void begin(Command command, Intent intent);

  /** Goes on with one that the last run left. */
  Resumed resume(Command command, Intent intent);

  /** Stops it for good; empty if it is not here or installs already. */
  Optional<Order> stop(CommandKey key);
}
