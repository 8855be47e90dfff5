// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of one line and how far the reader has come. */
final class Words {
  private static final char QUOTE = '"';
  private static final char COMMA = ',';
  private static final char COLON = ':';
  private static final char COMMENT = '#';

  private final String line;
  private final List<Word> words;
  private int next;

  private Words(String line, List<Word> words) {
    this.line = line;
    this.words = words;
  }

  /**
   * A comma is a word of its own, and so is a colon that ends a word; {@code "…"} is one word;
   * {@code #} begins a comment.
   */
  static Words of(String line) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (isSpace(c)) {
        at++;
      } else if (c == COMMENT) {
        break;
      } else if (c == COMMA) {
        words.add(new Word(",", at, false));
        at++;
      } else if (c == QUOTE) {
        int end = line.indexOf(QUOTE, at + 1);
        if (end < 0) {
          throw new Hint(at, "this quotation mark is never closed");
        }
        words.add(new Word(line.substring(at + 1, end), at, true));
        at = end + 1;
      } else {
        int end = at;
        while (end < line.length() && !isSpace(line.charAt(end)) && !isMark(line.charAt(end))) {
          end++;
        }
        // "when gen-3 is available: start gen-3"
        int colon = end - at > 1 && line.charAt(end - 1) == COLON ? 1 : 0;
        words.add(new Word(line.substring(at, end - colon), at, false));
        if (colon > 0) {
          words.add(new Word(":", end - 1, false));
        }
        at = end;
      }
    }
    return new Words(line, words);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isISOControl(c) || c == '\u00a0';
  }

  private static boolean isMark(char c) {
    return c == COMMA || c == QUOTE;
  }

  boolean more() {
    return next < words.size();
  }

  Optional<Word> peek() {
    return more() ? Optional.of(words.get(next)) : Optional.empty();
  }

  /** Whether the next words are these keywords. */
  boolean follows(String... keywords) {
    if (next + keywords.length > words.size()) {
      return false;
    }
    for (int i = 0; i < keywords.length; i++) {
      if (!words.get(next + i).is(keywords[i])) {
        return false;
      }
    }
    return true;
  }

  boolean followsAny(List<String> keywords) {
    return keywords.stream().anyMatch(this::follows);
  }

  /** Takes these keywords if they are next. */
  boolean accept(String... keywords) {
    if (!follows(keywords)) {
      return false;
    }
    next += keywords.length;
    return true;
  }

  /** Takes the next word, or hints at what was expected in its place. */
  Word take(String expected) {
    if (!more()) {
      throw new Hint(end(), "expected " + expected + " here");
    }
    return words.get(next++);
  }

  void require(String keyword, String expected) {
    Word word = take(expected);
    if (!word.is(keyword)) {
      throw Hint.at(word, "expected " + expected + ", not " + word);
    }
  }

  void end(String expected) {
    if (more()) {
      Word word = words.get(next);
      throw Hint.at(word, "expected " + expected + ", not " + word);
    }
  }

  /** The column after the last word. */
  int end() {
    return line.stripTrailing().length();
  }

  int mark() {
    return next;
  }

  void reset(int mark) {
    next = mark;
  }

  /** What stands from the next word to the end of the line, as typed; takes it. */
  String rest() {
    if (!more()) {
      return "";
    }
    int from = words.get(next).start();
    next = words.size();
    return line.substring(from).strip();
  }
}
