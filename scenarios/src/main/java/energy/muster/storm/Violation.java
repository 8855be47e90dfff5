// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

/** A promise that the history shows broken, and where. */
public record Violation(Rule rule, String where) {
  @Override
  public String toString() {
    return rule + " broken (" + rule.promise() + "): " + where;
  }
}
