// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import java.util.Arrays;
import java.util.Optional;

/**
 * A guard switched off, and what the checker must then find; a checker that cannot fail proves
 * nothing.
 */
public enum Control {
  /** Devices remember nothing from one run to the next. */
  FORGETFUL_DEVICE("forgetful-device", Rule.ONCE),
  /** The server answers before its journal is on disk. */
  LATE_COMMIT("late-commit", Rule.KEPT),
  /** Devices lose their journal altogether. */
  LOST_JOURNAL("lost-journal", Rule.QUARANTINED);

  private final String word;
  private final Rule caughtBy;

  Control(String word, Rule caughtBy) {
    this.word = word;
    this.caughtBy = caughtBy;
  }

  public Rule caughtBy() {
    return caughtBy;
  }

  public static Optional<Control> named(String word) {
    return Arrays.stream(values()).filter(control -> control.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
