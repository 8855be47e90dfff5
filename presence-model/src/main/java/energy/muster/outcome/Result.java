// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import energy.muster.command.Power;
import energy.muster.refusal.Refusal;
import java.util.Objects;
import java.util.Optional;

/** The four ways an order ends on a device. */
public sealed interface Result {
  /** The name on the wire; also the terminal state of the delivery. */
  DeliveryState state();

  /** In words, for people. */
  String text();

  /**
   * Done, and read back where the driver can.
   *
   * @param shed how much less it draws by it, where it sheds; less than it was asked for is its
   *     counter-offer, and already done
   */
  record Executed(String text, Optional<Power> shed) implements Result {
    public Executed {
      Objects.requireNonNull(text);
      Objects.requireNonNull(shed);
    }

    public Executed(String text) {
      this(text, Optional.empty());
    }

    @Override
    public DeliveryState state() {
      return DeliveryState.EXECUTED;
    }
  }

  /** Not begun, on purpose. */
  record Declined(Refusal refusal) implements Result {
    public Declined {
      Objects.requireNonNull(refusal);
    }

    @Override
    public DeliveryState state() {
      return DeliveryState.REFUSED;
    }

    @Override
    public String text() {
      return refusal.text();
    }
  }

  /** Begun and known not to have worked. */
  record Failed(Refusal refusal) implements Result {
    public Failed {
      Objects.requireNonNull(refusal);
    }

    @Override
    public DeliveryState state() {
      return DeliveryState.FAILED;
    }

    @Override
    public String text() {
      return refusal.text();
    }
  }

  /** Begun, and nobody can say whether it worked; never tried a second time. */
  record Uncertain(String text) implements Result {
    public Uncertain {
      Objects.requireNonNull(text);
    }

    @Override
    public DeliveryState state() {
      return DeliveryState.UNCERTAIN;
    }
  }
}
