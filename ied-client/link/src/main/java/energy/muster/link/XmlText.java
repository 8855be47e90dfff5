// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

/**
 * Keeps out of the stream what XML 1.0 (section 2.2) cannot carry, because one such character would
 * make the server close the connection.
 */
final class XmlText {
  private static final int REPLACEMENT = 0xFFFD;

  private XmlText() {}

  /** The same JSON: such characters stand only in strings, where JSON can escape them. */
  static String ofJson(String json) {
    return allLegal(json) ? json : escapedForJson(json);
  }

  /** Text for people, with replacement characters. */
  static String ofText(String text) {
    if (allLegal(text)) {
      return text;
    }
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints()
        .map(character -> legal(character) ? character : REPLACEMENT)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }

  private static String escapedForJson(String json) {
    StringBuilder escaped = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(
            character -> {
              if (legal(character)) {
                escaped.appendCodePoint(character);
              } else {
                escaped.append(String.format("\\u%04x", character));
              }
            });
    return escaped.toString();
  }

  private static boolean allLegal(String text) {
    return text.codePoints().allMatch(XmlText::legal);
  }

  private static boolean legal(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= 0x20 && character <= 0xD7FF)
        || (character >= 0xE000 && character <= 0xFFFD)
        || character >= 0x10000;
  }
}
