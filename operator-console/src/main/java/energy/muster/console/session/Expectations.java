// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Condition;
import energy.muster.console.language.Line;
import energy.muster.identity.BareJid;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Judges what a script expects; each judgement is the text of what was found. */
final class Expectations {
  /** How long presence may take to arrive unless the line says otherwise. */
  static final Duration WITHIN = Duration.ofSeconds(10);

  private final Mirror mirror;

  Expectations(Mirror mirror) {
    this.mirror = mirror;
  }

  /** Whether it is so, and what is. */
  record Judgement(boolean met, String text) {}

  Judgement outcome(Line.ExpectOutcome expected, LineResult last) {
    String wanted = expected.state() + expected.reason().map(reason -> " " + reason).orElse("");
    if (!(last instanceof LineResult.Given given)) {
      return new Judgement(false, "expected " + wanted + ", but the line before gave no order");
    }
    if (given.all(expected.state(), expected.reason())) {
      return new Judgement(true, wanted + ", as expected");
    }
    String found =
        given.standings().entrySet().stream()
            .map(
                entry ->
                    entry.getKey().local()
                        + " "
                        + entry.getValue().state()
                        + entry.getValue().reason().map(reason -> " " + reason).orElse(""))
            .collect(Collectors.joining(", "));
    return new Judgement(false, "expected " + wanted + ", got " + found);
  }

  Judgement hint(LineResult last) {
    return last instanceof LineResult.Mistake
        ? new Judgement(true, "a hint, as expected")
        : new Judgement(false, "expected a hint, but the line before was understood");
  }

  Judgement state(Line.ExpectState expected) throws InterruptedException {
    List<BareJid> devices = mirror.resolve(expected.devices());
    List<Condition> conditions = expected.conditions();
    Duration limit = expected.within().orElse(WITHIN);
    boolean met =
        mirror.await(
            () -> devices.stream().allMatch(device -> mirror.holds(device, conditions)), limit);
    String wanted = conditions.stream().map(Condition::words).collect(Collectors.joining(" and "));
    String others =
        devices.stream()
            .filter(device -> met || !mirror.holds(device, conditions))
            .map(BareJid::local)
            .collect(Collectors.joining(", "));
    return met
        ? new Judgement(true, others + " " + wanted + ", as expected")
        : new Judgement(false, others + " did not become " + wanted + " within " + seconds(limit));
  }

  Judgement count(Line.ExpectCount expected) throws InterruptedException {
    Duration limit = expected.within().orElse(WITHIN);
    boolean met =
        mirror.await(() -> mirror.matching(expected.selection()).size() == expected.count(), limit);
    return met
        ? new Judgement(true, expected.count() + ", as expected")
        : new Judgement(
            false,
            "expected "
                + expected.count()
                + ", got "
                + mirror.matching(expected.selection()).size()
                + " after "
                + seconds(limit));
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
