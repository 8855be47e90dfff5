// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

/** Asks the person before something is done; a script has said yes beforehand. */
@FunctionalInterface
public interface Confirmation {
  Confirmation GIVEN = question -> true;

  boolean ask(String question);

  /** Only y or yes agrees. */
  static boolean agrees(String answer) {
    String said = answer.strip();
    return said.equalsIgnoreCase("y") || said.equalsIgnoreCase("yes");
  }
}
