// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import energy.muster.console.face.Face;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.LineReader;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.LineResult;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Runs lines without a person. A line that fails ends the script, unless the next one expects just
 * that: then the expectation decides.
 */
final class Script {
  private final ConsoleSession session;
  private final Face face;
  private final String prompt;
  private final boolean keepGoing;

  Script(ConsoleSession session, Face face, String prompt, boolean keepGoing) {
    this.session = session;
    this.face = face;
    this.prompt = prompt;
    this.keepGoing = keepGoing;
  }

  /**
   * Runs each line when it is there.
   *
   * @return whether every line succeeded
   */
  boolean run(Stream<String> lines) throws InterruptedException {
    Iterator<String> meant = lines.filter(line -> !blank(line)).iterator();
    boolean good = true;
    boolean failed = false;
    while (meant.hasNext()) {
      String line = meant.next();
      good &= !failed || judgesTheLineBefore(line);
      if (!good && !keepGoing) {
        return false;
      }
      face.echo(prompt, line.strip());
      LineResult result = session.run(line);
      face.ended(line.strip(), result.ok());
      failed = !result.ok();
      if (result instanceof LineResult.Left) {
        break;
      }
    }
    return good && !failed;
  }

  private static boolean blank(String line) {
    return line.isBlank() || line.stripLeading().startsWith("#");
  }

  private static boolean judgesTheLineBefore(String next) {
    try {
      Line line = LineReader.read(next);
      return line instanceof Line.ExpectOutcome
          || line instanceof Line.ExpectGoal
          || line instanceof Line.ExpectHint;
    } catch (Hint e) {
      return false;
    }
  }
}
