// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.UpdateState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;

/** Ends an update, from wherever it is. */
final class Broken extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Ending ending;

  private Broken(Ending ending) {
    this.ending = ending;
  }

  static Broken failed(UpdateState state, Reason reason, String text, Object... arguments) {
    return new Broken(new Ending.Failed(Refusal.of(reason, text, arguments), state));
  }

  static Broken declined(UpdateState state, Refusal refusal) {
    return new Broken(new Ending.Declined(refusal, state));
  }

  Ending ending() {
    return ending;
  }
}
