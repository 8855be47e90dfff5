// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import java.util.regex.Pattern;

/**
 * What a rule is called, such as {@code trip-imminent}; with the device it names an alarm's point.
 */
public record RuleName(String text) implements Comparable<RuleName> {
  private static final Pattern TOKEN = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public RuleName {
    if (!TOKEN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a rule's name is 1 to 32 characters of a-z, 0-9 and hyphen, a letter first");
    }
  }

  @Override
  public int compareTo(RuleName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
