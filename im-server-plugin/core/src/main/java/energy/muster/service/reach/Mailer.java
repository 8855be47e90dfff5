// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reach;

import java.util.concurrent.CompletionStage;

/** Sends an alarm by mail. What is answered to the mail is read by nobody. */
@FunctionalInterface
public interface Mailer {
  /**
   * Tries once and does not block; whoever asks tries again after a failure.
   *
   * @param to one mail address
   * @return completes when the mail server has taken it, exceptionally when it has not, with a
   *     message for people
   */
  CompletionStage<Void> mail(String to, Errand errand);
}
