// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.outcome.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds in a history what was done against the terms of an order, or against a person's word. */
final class TermsCheck {
  /** From the end of an order's time to its undoing, by a device that is there. */
  static final Duration UNDONE_WITHIN = Duration.ofSeconds(5);

  private final List<Fact> history;
  private final Map<DocumentId, Fact.Submitted> orders = new HashMap<>();
  private final Map<Case.Key, Case> cases = new LinkedHashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private TermsCheck(List<Fact> history) {
    this.history = history;
    for (Fact fact : history) {
      if (fact instanceof Fact.Submitted one) {
        orders.put(one.id(), one);
      }
    }
    Case.of(history).forEach(one -> cases.put(one.key(), one));
  }

  static List<Violation> of(List<Fact> history) {
    TermsCheck check = new TermsCheck(history);
    for (Case one : check.cases.values()) {
      Fact.Submitted order = check.orders.get(one.key().id());
      if (order != null) {
        check.met(one, order.terms());
        check.takenBack(one, order.terms());
        check.replaced(one, order.terms());
      }
    }
    check.undone();
    check.givenUp();
    return check.violations;
  }

  private void broken(Rule rule, Object where, String why) {
    violations.add(new Violation(rule, where + ": " + why));
  }

  private void met(Case one, Fact.Terms terms) {
    for (Fact.Acted acted : one.acted()) {
      if (terms.when().isPresent() && !terms.when().equals(acted.was())) {
        broken(
            Rule.MET,
            one.key(),
            "carried out while it was "
                + acted.was().map(Object::toString).orElse("nobody knows what")
                + ", to be done only while it is "
                + terms.when().get());
      }
    }
  }

  private Optional<Case> named(Case one, Optional<DocumentId> order) {
    return order.map(id -> cases.get(new Case.Key(id, one.key().device())));
  }

  private void takenBack(Case one, Fact.Terms terms) {
    named(one, terms.cancels())
        .filter(other -> one.executed() && !other.acted().isEmpty())
        .ifPresent(
            other ->
                broken(
                    Rule.TAKEN_BACK,
                    other.key(),
                    "carried out at "
                        + other.acted().get(0).at()
                        + ", though the device signed that it was taken back by "
                        + one.key().id()));
  }

  private void replaced(Case one, Fact.Terms terms) {
    for (Fact.Acted acted : one.acted()) {
      named(one, terms.supersedes()).stream()
          .flatMap(other -> other.acted().stream())
          .filter(earlier -> earlier.at().isAfter(acted.at()))
          .forEach(
              late ->
                  broken(
                      Rule.REPLACED,
                      new Case.Key(late.id(), late.device()),
                      "carried out at " + late.at() + ", after " + acted.id() + " in its place"));
    }
  }

  /** What stands on one output, as the equipment recorded it. */
  private static final class Output {
    private Optional<Fact.Acted> last = Optional.empty();
    private boolean undone;
  }

  private void undone() {
    Map<String, Output> outputs = new HashMap<>();
    Map<String, Instant> restored = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof Fact.Acted acted && stands(acted)) {
        Output output = outputs.computeIfAbsent(acted.device(), any -> new Output());
        output.last = Optional.of(acted);
        output.undone = false;
      } else if (fact instanceof Fact.Undone back) {
        undone(outputs.computeIfAbsent(back.device(), any -> new Output()), back);
      } else if (fact instanceof Fact.Restored one) {
        restored.put(one.device(), one.at());
      }
    }
    // An older journal may not know of it, and does nothing more.
    outputs.keySet().removeAll(restored.keySet());
    outputs.values().forEach(this::mustBeUndone);
  }

  /** What was recorded and then lost with its process is read back as not done. */
  private boolean stands(Fact.Acted acted) {
    return acted.verb() != Verb.SELECT
        && Optional.ofNullable(cases.get(new Case.Key(acted.id(), acted.device())))
            .filter(Case::executed)
            .isPresent();
  }

  private Optional<Instant> until(Fact.Acted acted) {
    return Optional.ofNullable(orders.get(acted.id())).flatMap(order -> order.terms().until());
  }

  private void undone(Output output, Fact.Undone back) {
    Optional<Instant> until =
        output.last.filter(last -> last.verb() == back.verb()).flatMap(this::until);
    if (until.isEmpty() && readBack(back.device()).noneMatch(order -> asked(order, back))) {
      broken(
          Rule.UNDONE,
          back.device(),
          back.verb() + " was undone at " + back.at() + ", and no order that stood said so");
    } else if (until.filter(back.at()::isBefore).isPresent()) {
      broken(Rule.UNDONE, back.device(), "undone at " + back.at() + ", before " + until.get());
    }
    output.undone = true;
  }

  /** Orders that a device found done after a restart, of which the equipment has no record. */
  private Stream<Fact.Submitted> readBack(String device) {
    return cases.values().stream()
        .filter(one -> one.key().device().equals(device))
        .filter(one -> one.executed() && one.acted().isEmpty())
        .flatMap(one -> Optional.ofNullable(orders.get(one.key().id())).stream())
        .filter(order -> order.terms().cancels().isEmpty());
  }

  private static boolean asked(Fact.Submitted order, Fact.Undone back) {
    return order.verb() == back.verb()
        && order.terms().until().filter(until -> !back.at().isBefore(until)).isPresent();
  }

  private void mustBeUndone(Output output) {
    Instant end = history.stream().map(Fact::at).max(Instant::compareTo).orElseThrow();
    output
        .last
        .filter(last -> !output.undone)
        .filter(last -> readBack(last.device()).noneMatch(order -> later(order, last)))
        .filter(
            last ->
                until(last).filter(until -> until.plus(UNDONE_WITHIN).isBefore(end)).isPresent())
        .ifPresent(
            last ->
                broken(
                    Rule.UNDONE,
                    new Case.Key(last.id(), last.device()),
                    "not undone, though its time was over at " + until(last).orElseThrow()));
  }

  private boolean later(Fact.Submitted order, Fact.Acted than) {
    return order.at().isAfter(orders.get(than.id()).at());
  }

  private void givenUp() {
    for (Fact fact : history) {
      if (fact instanceof Fact.GivenUp up) {
        Case one = cases.get(new Case.Key(up.id(), up.device()));
        Checker.READINGS.forEach(
            reading -> one.found(reading).ifPresent(found -> givenUp(one, found)));
      }
    }
  }

  private void givenUp(Case one, Fact.Found found) {
    if (found.state() != DeliveryState.UNCERTAIN) {
      broken(Rule.GIVEN_UP, one.key(), "given up, and " + found.state() + " later");
    } else if (!found.givenUp()) {
      broken(Rule.GIVEN_UP, one.key(), "given up, and the person's word is lost");
    } else if (found.outcomes().isEmpty() && one.toldBefore(found.at())) {
      broken(Rule.GIVEN_UP, one.key(), "what the device said later is not beside it");
    }
  }
}
