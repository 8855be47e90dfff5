// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import energy.muster.privacy.MedianSplit.Sample;
import java.util.List;

/**
 * What a race gave away.
 *
 * @param answers until each answer; empty where none comes
 * @param behind until what came after it: the answer to a ping that was sent right behind it, or at
 *     a login the refusal
 */
public record Times(String approach, List<Sample> answers, List<Sample> behind) {
  /** How often the eavesdropper is right; half of the time is guessing, and no times are too. */
  public double answersScore() {
    return answers.isEmpty() ? 0.5 : MedianSplit.score(answers);
  }

  public double behindScore() {
    return MedianSplit.score(behind);
  }

  public double worstScore() {
    return Math.max(answersScore(), behindScore());
  }

  /** In milliseconds, of hidden accounts or of made-up ones. */
  public double median(boolean hidden) {
    return MedianSplit.millis(answers.isEmpty() ? behind : answers, hidden);
  }
}
