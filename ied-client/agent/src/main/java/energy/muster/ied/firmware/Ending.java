// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.UpdateState;
import energy.muster.refusal.Refusal;
import java.util.Objects;

/** How far an update came in this run of the device. */
public sealed interface Ending {
  /** The new firmware is to be tried: the device must start again. */
  record Restart() implements Ending {}

  /** It was stopped; what was fetched is kept. */
  record Stopped() implements Ending {}

  /** It is not taken, on purpose; the device is as it was. */
  record Declined(Refusal refusal, UpdateState state) implements Ending {
    public Declined {
      Objects.requireNonNull(refusal);
      Objects.requireNonNull(state);
    }
  }

  /** It did not work; the device is as it was. */
  record Failed(Refusal refusal, UpdateState state) implements Ending {
    public Failed {
      Objects.requireNonNull(refusal);
      Objects.requireNonNull(state);
    }
  }
}
