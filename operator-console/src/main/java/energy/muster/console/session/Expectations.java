// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Verb;
import energy.muster.console.language.Condition;
import energy.muster.console.language.Line;
import energy.muster.identity.BareJid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges what a script expects; each judgement is the text of what was found. */
final class Expectations {
  /** How long presence may take to arrive unless the line says otherwise. */
  static final Duration WITHIN = Duration.ofSeconds(10);

  private final Mirror mirror;
  private final OrderBook book;

  Expectations(Mirror mirror, OrderBook book) {
    this.mirror = mirror;
    this.book = book;
  }

  /**
   * Judges a line that expects something.
   *
   * @param last how the line before it ended
   */
  Judgement judge(Line line, LineResult last) throws InterruptedException {
    if (line instanceof Line.ExpectOutcome outcome) {
      return outcome(outcome, last);
    } else if (line instanceof Line.ExpectState state) {
      return state(state);
    } else if (line instanceof Line.ExpectCount count) {
      return count(count);
    }
    if (line instanceof Line.ExpectGoal goal) {
      return goal(goal, last);
    }
    return hint(last);
  }

  private static Judgement goal(Line.ExpectGoal expected, LineResult last) {
    if (!(last instanceof LineResult.Pursued pursued)) {
      return new Judgement(false, "the line before pursued no goal");
    }
    String found =
        (pursued.ok() ? "met" : "short") + ": " + pursued.shed() + " of " + pursued.goal();
    return pursued.ok() == expected.met()
        ? new Judgement(true, found + ", as expected")
        : new Judgement(false, "expected " + (expected.met() ? "met" : "short") + ", got " + found);
  }

  /** Whether it is so, and what is. */
  record Judgement(boolean met, String text) {}

  private Judgement outcome(Line.ExpectOutcome expected, LineResult last)
      throws InterruptedException {
    String wanted = expected.state() + expected.reason().map(reason -> " " + reason).orElse("");
    if (!(last instanceof LineResult.Given given)) {
      return new Judgement(false, "expected " + wanted + ", but the line before gave no order");
    }
    if (expected.within().isPresent()) {
      mirror.await(
          () -> LineResult.Given.all(latest(given), expected.state(), expected.reason()),
          expected.within().get());
    }
    Map<BareJid, Standing> standings =
        expected.within().isPresent() ? latest(given) : given.standings();
    if (LineResult.Given.all(standings, expected.state(), expected.reason())) {
      return new Judgement(true, wanted + ", as expected");
    }
    String found =
        standings.entrySet().stream()
            .map(
                entry ->
                    entry.getKey().local()
                        + " "
                        + entry.getValue().state()
                        + entry.getValue().reason().map(reason -> " " + reason).orElse(""))
            .collect(Collectors.joining(", "));
    return new Judgement(false, "expected " + wanted + ", got " + found);
  }

  /** Of an order of this sitting, where it stands by now. */
  private Map<BareJid, Standing> latest(LineResult.Given given) {
    return book.find(given.order())
        .map(
            order -> {
              Map<BareJid, Standing> standings = order.standings();
              if (order.command().verb() == Verb.CANCEL) {
                standings.replaceAll((device, standing) -> standing.ofCancel());
              }
              return standings;
            })
        .orElse(given.standings());
  }

  private Judgement hint(LineResult last) {
    return last instanceof LineResult.Mistake
        ? new Judgement(true, "a hint, as expected")
        : new Judgement(false, "expected a hint, but the line before was understood");
  }

  private Judgement state(Line.ExpectState expected) throws InterruptedException {
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

  private Judgement count(Line.ExpectCount expected) throws InterruptedException {
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
