// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import java.util.Optional;

/** How far an order has come with one device, and why it went no further. */
public record Standing(DeliveryState state, Optional<Reason> reason, String text) {
  static Standing of(DeliveryState state) {
    return new Standing(state, Optional.empty(), "");
  }

  /** Of a cancel: carried out by the device, what it takes back is cancelled. */
  Standing ofCancel() {
    return state == DeliveryState.EXECUTED
        ? new Standing(DeliveryState.CANCELLED, reason, text)
        : this;
  }

  static Standing of(Result result) {
    Optional<Reason> reason = Optional.empty();
    if (result instanceof Result.Declined declined) {
      reason = Optional.of(declined.refusal().reason());
    } else if (result instanceof Result.Failed failed) {
      reason = Optional.of(failed.refusal().reason());
    }
    return new Standing(result.state(), reason, result.text());
  }
}
