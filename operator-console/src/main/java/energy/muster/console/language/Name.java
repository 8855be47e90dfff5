// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

/**
 * A device or a person as somebody typed it, in lower case.
 *
 * @param text {@code load-48}, or a whole address such as {@code load-48@grid.example}
 * @param column where it stood, for the hint when nobody is called so
 */
public record Name(String text, int column) {
  @Override
  public String toString() {
    return text;
  }
}
