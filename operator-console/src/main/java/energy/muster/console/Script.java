// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import energy.muster.console.face.Face;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.LineReader;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.LineResult;
import java.util.List;

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

  /** Whether every line succeeded. */
  boolean run(List<String> lines) throws InterruptedException {
    List<String> meant = lines.stream().filter(line -> !blank(line)).toList();
    boolean good = true;
    for (int i = 0; i < meant.size(); i++) {
      String line = meant.get(i);
      face.echo(prompt, line.strip());
      LineResult result = session.run(line);
      boolean judgedNext = i + 1 < meant.size() && judgesTheLineBefore(meant.get(i + 1));
      boolean ok = result.ok() || judgedNext;
      face.ended(line.strip(), ok);
      good &= ok;
      if (result instanceof LineResult.Left || (!ok && !keepGoing)) {
        return good;
      }
    }
    return good;
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
