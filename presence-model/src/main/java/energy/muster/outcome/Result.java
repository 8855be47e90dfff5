// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import energy.muster.refusal.Refusal;
import java.util.Objects;

/** The four ways an order ends on a device. */
public sealed interface Result {
  /** The name on the wire; also the terminal state of the delivery. */
  DeliveryState state();

  /** In words, for people. */
  String text();

  /** Done, and read back where the driver can. */
  record Executed(String text) implements Result {
    public Executed {
      Objects.requireNonNull(text);
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
