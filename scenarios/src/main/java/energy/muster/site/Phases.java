// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import java.util.regex.Pattern;

/**
 * The conductors something is connected to.
 *
 * @param letters one to three of A, B and C, in this order, such as {@code AC}
 */
public record Phases(String letters) {
  private static final Pattern SOME = Pattern.compile("A?B?C?");

  public Phases {
    if (letters.isEmpty() || !SOME.matcher(letters).matches()) {
      throw new IllegalArgumentException(
          "'" + letters + "' are no phases: expected A, B and C in this order");
    }
  }

  public boolean includes(Phases others) {
    return others.letters.chars().allMatch(phase -> letters.indexOf(phase) >= 0);
  }

  @Override
  public String toString() {
    return letters;
  }
}
