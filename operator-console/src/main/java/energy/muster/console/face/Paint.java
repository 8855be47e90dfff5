// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

/** Colours of a terminal (ECMA-48), or none. */
public enum Paint {
  COLOURED,
  PLAIN;

  private static final String RESET = "\u001b[0m";

  String good(String text) {
    return in("\u001b[32m", text);
  }

  String bad(String text) {
    return in("\u001b[31m", text);
  }

  String doubtful(String text) {
    return in("\u001b[33m", text);
  }

  String quiet(String text) {
    return in("\u001b[2m", text);
  }

  String strong(String text) {
    return in("\u001b[1m", text);
  }

  private String in(String colour, String text) {
    return this == PLAIN || text.isEmpty() ? text : colour + text + RESET;
  }
}
