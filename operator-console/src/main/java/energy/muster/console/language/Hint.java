// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

/**
 * What to say to somebody whose line was not understood: what was expected, and at which column. It
 * has no stack trace because it is an answer, not a fault.
 */
public final class Hint extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;

  /**
   * Says what was expected.
   *
   * @param column where in the line, from 0
   */
  public Hint(int column, String text) {
    super(text, null, false, false);
    this.column = column;
  }

  static Hint at(Word word, String text) {
    return new Hint(word.start(), text);
  }

  public int column() {
    return column;
  }

  public String text() {
    return getMessage();
  }

  /** Three lines: the line as typed, a caret under the word in question, and what to do. */
  public String under(String line) {
    String shown = line.replaceAll("\\p{Cntrl}", " ");
    return shown + "\n" + " ".repeat(Math.min(column, shown.length())) + "^\n" + text();
  }
}
