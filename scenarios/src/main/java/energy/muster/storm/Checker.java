// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.document.DocumentId;
import energy.muster.outcome.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds in a history every promise that was broken. Knows nothing of how the history came about.
 */
public final class Checker {
  /** The readings of the service: when the storm is over, and after another restart. */
  static final List<Integer> READINGS = List.of(1, 2);

  /** From the device's last look at its clock to the recorder's line, on a busy machine. */
  static final Duration RECORDER_LAG = Duration.ofMillis(50);

  /** With these words a device says that it looked, after a restart in the middle of an order. */
  private static final String READ_BACK = "read back after a restart";

  private final List<Fact> history;
  private final Map<DocumentId, Fact.Submitted> submitted = new HashMap<>();
  private final Set<DocumentId> accepted = new HashSet<>();
  private final Set<DocumentId> declined = new HashSet<>();
  private final Set<DocumentId> unanswered = new HashSet<>();
  private final Set<DocumentId> missing = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  private Checker(List<Fact> history) {
    this.history = List.copyOf(history);
    for (Fact fact : history) {
      if (fact instanceof Fact.Submitted one) {
        submitted.put(one.id(), one);
      } else if (fact instanceof Fact.Accepted one) {
        accepted.add(one.id());
      } else if (fact instanceof Fact.Declined one) {
        declined.add(one.id());
      } else if (fact instanceof Fact.Unanswered one) {
        unanswered.add(one.id());
      } else if (fact instanceof Fact.Missing one) {
        missing.add(one.id());
      }
    }
  }

  /** All violations; none if every promise was kept. */
  public static List<Violation> check(List<Fact> history) {
    Checker checker = new Checker(history);
    checker.kept();
    for (Case one : Case.of(history)) {
      checker.ended(one);
      checker.once(one);
      checker.fresh(one);
      checker.ordered(one);
      checker.told(one);
      checker.agreed(one);
    }
    checker.quarantined();
    checker.violations.addAll(TermsCheck.of(history));
    return List.copyOf(checker.violations);
  }

  private void broken(Rule rule, Object where, String why) {
    violations.add(new Violation(rule, where + ": " + why));
  }

  private void kept() {
    for (Fact fact : history) {
      if (fact instanceof Fact.Missing gone && accepted.contains(gone.id())) {
        broken(Rule.KEPT, gone.id(), "accepted, and unknown in reading " + gone.reading());
      }
    }
  }

  private void ended(Case one) {
    if (!accepted.contains(one.key().id()) || !addressed(one) || missing.contains(one.key().id())) {
      return;
    }
    for (int reading : READINGS) {
      Optional<Fact.Found> found = one.found(reading);
      if (found.isEmpty()) {
        broken(Rule.KEPT, one.key(), "accepted, and not found in reading " + reading);
      } else if (!found.get().state().terminal()
          && found.get().state() != DeliveryState.UNCONFIRMED) {
        broken(Rule.ENDED, one.key(), "still " + found.get().state() + " in reading " + reading);
      }
    }
    Optional<DeliveryState> before = one.found(1).map(Fact.Found::state);
    Optional<DeliveryState> after = one.found(2).map(Fact.Found::state);
    // What was unconfirmed may be confirmed late; what had ended has ended.
    if (before.filter(DeliveryState::terminal).isPresent() && !before.equals(after)) {
      broken(
          Rule.STEADY,
          one.key(),
          before.get() + " became " + after.map(s -> s.wire()).orElse("nothing"));
    }
  }

  private boolean addressed(Case one) {
    Fact.Submitted order = submitted.get(one.key().id());
    return order != null && order.devices().contains(one.key().device());
  }

  private void once(Case one) {
    if (one.acted().size() > 1) {
      broken(
          Rule.ONCE,
          one.key(),
          "carried out at "
              + one.acted().stream()
                  .map(acted -> acted.at().toString())
                  .collect(Collectors.joining(" and ")));
    }
  }

  private void fresh(Case one) {
    Fact.Submitted order = submitted.get(one.key().id());
    for (Fact.Acted acted : one.acted()) {
      if (order != null && acted.at().isAfter(order.executeBy().plus(RECORDER_LAG))) {
        broken(
            Rule.FRESH,
            one.key(),
            "carried out at " + acted.at() + ", execute-by was " + order.executeBy());
      }
      if (order != null && order.terms().executeAt().filter(acted.at()::isBefore).isPresent()) {
        broken(
            Rule.FRESH,
            one.key(),
            "carried out at " + acted.at() + ", before " + order.terms().executeAt().get());
      }
    }
  }

  private void ordered(Case one) {
    Fact.Submitted order = submitted.get(one.key().id());
    for (Fact.Acted acted : one.acted()) {
      if (!addressed(one)) {
        broken(Rule.ORDERED, one.key(), "carried out, and never submitted");
      } else if (order.verb() != acted.verb()) {
        broken(Rule.ORDERED, one.key(), "submitted as " + order.verb() + ", done " + acted.verb());
      } else if (acted.at().isBefore(order.at())) {
        broken(Rule.ORDERED, one.key(), "carried out before it was submitted");
      } else if (onlyDeclined(order.id())) {
        broken(Rule.ORDERED, one.key(), "carried out, though the service had declined it");
      }
    }
  }

  private boolean onlyDeclined(DocumentId id) {
    return declined.contains(id) && !accepted.contains(id) && !unanswered.contains(id);
  }

  private void told(Case one) {
    int times = one.acted().size();
    for (Fact.Signed outcome : one.signed()) {
      boolean holds =
          switch (outcome.result()) {
            case EXECUTED ->
                times == 1
                    || (times == 0 && (takesBack(one) || outcome.text().startsWith(READ_BACK)));
            case REFUSED -> times == 0;
            default -> times <= 1;
          };
      if (!holds) {
        broken(
            Rule.TRUE,
            one.key(),
            outcome.result() + " (" + outcome.text() + "), carried out " + times + " times");
      }
    }
    Optional<DeliveryState> end = one.lastFound().map(Fact.Found::state);
    if (times > 0 && end.filter(Checker::neverSent).isPresent()) {
      broken(Rule.TRUE, one.key(), end.get() + ", and carried out all the same");
    }
  }

  /** What moves nothing leaves no record of the equipment's. */
  private boolean takesBack(Case one) {
    return Optional.ofNullable(submitted.get(one.key().id()))
        .flatMap(order -> order.terms().cancels())
        .isPresent();
  }

  private static boolean neverSent(DeliveryState state) {
    return state == DeliveryState.EXPIRED
        || state == DeliveryState.CANCELLED
        || state == DeliveryState.SUPERSEDED;
  }

  private void agreed(Case one) {
    if (one.signed().size() > 1) {
      broken(Rule.AGREED, one.key(), "the device signed more than one outcome: " + one.signed());
    }
    for (int reading : READINGS) {
      one.found(reading).ifPresent(found -> agreed(one, found));
    }
  }

  private void agreed(Case one, Fact.Found found) {
    boolean byPerson = found.givenUp() && found.state() == DeliveryState.UNCERTAIN;
    boolean signedEnd = found.state().terminal() && !neverSent(found.state());
    List<DeliveryState> signed = found.outcomes().stream().map(Fact.Signed::result).toList();
    if (byPerson) {
      return;
    }
    if (signedEnd && !signed.contains(found.state())) {
      broken(Rule.AGREED, one.key(), found.state() + " in the journal, signed there " + signed);
    } else if (!signedEnd && (!signed.isEmpty() || one.toldBefore(found.at()))) {
      broken(Rule.AGREED, one.key(), found.state() + " in the journal, though there is an outcome");
    }
  }

  private void quarantined() {
    Map<String, Instant> restored = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (Fact fact : history) {
      if (fact instanceof Fact.Restored one) {
        restored.putIfAbsent(one.device(), one.at());
      } else if (fact instanceof Fact.Quarantined one) {
        told.add(one.device());
      }
    }
    for (Fact fact : history) {
      if (fact instanceof Fact.Acted acted
          && restored.containsKey(acted.device())
          && acted.at().isAfter(restored.get(acted.device()))) {
        broken(
            Rule.QUARANTINED,
            new Case.Key(acted.id(), acted.device()),
            "carried out at " + acted.at() + " with a restored journal");
      }
    }
    restored.keySet().stream()
        .filter(device -> !told.contains(device))
        .forEach(
            device -> broken(Rule.QUARANTINED, device, "restored, and no person was told of it"));
    told.stream()
        .filter(device -> !restored.containsKey(device))
        .forEach(
            device ->
                broken(
                    Rule.QUARANTINED,
                    device,
                    "its journal fell behind, though nobody had restored it"));
  }
}
