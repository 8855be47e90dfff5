// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reach;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Posts an alarm, signed, to another system. */
@FunctionalInterface
public interface Webhook {
  /**
   * Tries once and does not block; whoever asks tries again after a failure.
   *
   * @param to https
   * @return completes when the other side has taken it, exceptionally when it has not, with a
   *     message for people
   */
  CompletionStage<Void> post(URI to, Errand errand);
}
