// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.billing.CostStatement;
import java.time.Instant;
import java.util.Objects;

/**
 * What a meter reckons by itself, by its signature as it was checked here.
 *
 * @param at when the service compared it
 * @param agrees whether the service reckons the same
 * @param verdict what the service says to it
 */
public record OwnStatement(CostStatement statement, Instant at, boolean agrees, String verdict) {
  public OwnStatement {
    Objects.requireNonNull(statement);
    Objects.requireNonNull(at);
    Objects.requireNonNull(verdict);
  }
}
