// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.util.Locale;

/**
 * One word of a line.
 *
 * @param start its first column, from 0
 * @param quoted whether it stood in quotation marks, and is therefore never a keyword
 */
record Word(String text, int start, boolean quoted) {
  /** Whether this is the keyword, in whatever case it was typed. */
  boolean is(String keyword) {
    return !quoted && text.equalsIgnoreCase(keyword);
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "'" + text + "'";
  }
}
