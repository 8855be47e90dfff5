// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.scenario.StoryFailure;
import java.util.List;
import java.util.stream.Collectors;

/** Nothing accepted is lost, done twice or done too late, whatever is killed, cut or frozen. */
public final class FaultStorm implements Story {
  private static final int MOST_SHOWN = 20;

  private final StormOptions options;

  public FaultStorm(StormOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "fault-storm";
  }

  @Override
  public String about() {
    return "Kills, cuts, freezes and old journals at random moments: a checker proves every promise.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    scene
        .transcript()
        .line(
            options.rounds()
                + " rounds, seed "
                + options.seed()
                + options.control().map(control -> ", without the guard: " + control).orElse(""));
    try (History history = new History(scene.stage().folder().data().resolve("history.jsonl"))) {
      Storm storm = Storm.gather(scene, options, history);
      storm.play();
      scene.note("The storm is over.");
      storm.clear();
      judge(scene, history.facts());
    }
  }

  private void judge(Scene scene, List<Fact> history) {
    Tally.of(history).lines().forEach(scene.transcript()::line);
    List<Violation> violations = Checker.check(history);
    violations.stream()
        .limit(MOST_SHOWN)
        .forEach(violation -> scene.transcript().line("   ✗ " + violation));
    if (options.control().isPresent()) {
      Control control = options.control().get();
      scene.check(
          violations.stream().anyMatch(found -> found.rule() == control.caughtBy()),
          "the checker notices " + control + " as " + control.caughtBy());
      return;
    }
    if (!violations.isEmpty()) {
      throw new StoryFailure(
          violations.size()
              + " promises broken:\n"
              + violations.stream()
                  .limit(MOST_SHOWN)
                  .map(Violation::toString)
                  .collect(Collectors.joining("\n")));
    }
    for (Rule rule : Rule.values()) {
      scene.check(true, rule.promise());
    }
    scene.check(
        history.stream().anyMatch(Fact.Acted.class::isInstance),
        "and something was carried out at all");
  }
}
