// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import java.time.Instant;

/**
 * How a line of the conversation begins: with the time of what it tells, or under the one above.
 */
record Lines(Paint paint, Speech speech, Screen screen) {
  private static final int CLOCK_WIDTH = 9;

  void stamped(Instant at, String text) {
    screen.print(paint.quiet(speech.clock(at)) + " " + text);
  }

  void detail(String text) {
    screen.print(" ".repeat(CLOCK_WIDTH) + text);
  }
}
