// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.warning.WarningReport.Answer;
import java.util.Objects;

/**
 * What a device did at once about a warning.
 *
 * @param text for people
 */
record Reflex(Answer answer, String text) {
  Reflex {
    Objects.requireNonNull(answer);
    Objects.requireNonNull(text);
  }

  static Reflex noted(String why) {
    return new Reflex(Answer.NOTED, why);
  }
}
