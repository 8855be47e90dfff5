// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.branch.Mandate;
import energy.muster.command.Command;
import energy.muster.command.Priority;
import energy.muster.console.session.Event;
import energy.muster.console.session.GoalRecord;
import energy.muster.console.session.OrderProof;
import energy.muster.console.session.OrderRecord;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One order: what was signed, what the service says became of it, and what others signed. */
final class OrderPage {
  private final Lines lines;
  private final Paint paint;
  private final Speech speech;
  private final Screen screen;

  OrderPage(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
    this.speech = lines.speech();
    this.screen = lines.screen();
  }

  void show(Event.OrderShown shown) {
    OrderRecord order = shown.order();
    Instant now = shown.at();
    screen.print(
        "order "
            + order.id()
            + order.verb().map(verb -> ", " + Speech.clean(verb)).orElse("")
            + order.issuer().map(issuer -> ", by " + issuer).orElse(""));
    shown.proof().command().ifPresent(command -> lines.detail(terms(command, now)));
    order.goal().ifPresent(goal -> lines.detail("goal: " + goal(goal, shown.proof())));
    shown.proof().mandate().ifPresent(given -> lines.detail(words(given.mandate(), now)));
    order
        .history()
        .forEach(
            step ->
                screen.print(
                    "  "
                        + speech.time(step.at(), now)
                        + " "
                        + TextFace.name(step.device())
                        + state(step.state())
                        + Speech.clean(step.text())));
    if (order.history().isEmpty()) {
      order
          .deliveries()
          .forEach((device, standing) -> lines.detail(TextFace.name(device) + standing.state()));
    }
    signed(shown.proof(), now);
  }

  private String goal(GoalRecord goal, OrderProof proof) {
    long gave =
        proof.outcomes().stream()
            .filter(outcome -> outcome.result().state() == DeliveryState.EXECUTED)
            .count();
    String words = goal.words() + ", signed by " + gave + (gave == 1 ? " device" : " devices");
    return goal.state() == GoalRecord.State.SHORT
        ? paint.bad(words + "; " + goal.kw().minus(goal.shed()) + " are missing")
        : words;
  }

  private String words(Mandate mandate, Instant now) {
    return "under mandate "
        + mandate.header().id().brief()
        + " of "
        + mandate.header().issuer().local()
        + ": up to "
        + mandate.max()
        + " in "
        + mandate.area()
        + ", until "
        + speech.time(mandate.until(), now);
  }

  private String terms(Command command, Instant now) {
    List<String> terms = new ArrayList<>(List.of(Speech.instruction(command.instruction())));
    command.goal().ifPresent(goal -> terms.add(goal + " from all together"));
    command.executeAt().ifPresent(at -> terms.add("at " + speech.time(at, now)));
    command
        .when()
        .ifPresent(when -> terms.add((when.awaited() ? "when " : "only if ") + when.words()));
    command.until().ifPresent(until -> terms.add("until " + speech.time(until, now)));
    terms.add("delivered by " + speech.time(command.deliverBy(), now));
    terms.add("begun by " + speech.time(command.executeBy(), now));
    if (command.priority() == Priority.EMERGENCY) {
      terms.add("emergency");
    }
    command.reason().ifPresent(reason -> terms.add("because \"" + Speech.clean(reason) + "\""));
    return "signed: " + String.join("; ", terms);
  }

  private void signed(OrderProof proof, Instant now) {
    if (proof.outcomes().size() + proof.writeOffs().size() > 0) {
      lines.detail("signed by devices and people, and checked here:");
    }
    for (Outcome outcome : proof.outcomes()) {
      screen.print(
          "  "
              + speech.time(outcome.header().issuedAt(), now)
              + " "
              + TextFace.name(outcome.header().issuer())
              + state(outcome.result().state())
              + Speech.clean(outcome.result().text()));
    }
    for (WriteOff given : proof.writeOffs()) {
      screen.print(
          "  "
              + speech.time(given.header().issuedAt(), now)
              + " "
              + TextFace.name(given.device())
              + state(DeliveryState.UNCERTAIN)
              + "given up by "
              + given.header().issuer().local()
              + ": "
              + Speech.clean(given.reason()));
    }
    for (Refusal refusal : proof.distrusted()) {
      lines.detail(
          paint.bad("not believed: " + refusal.reason() + ". " + Speech.clean(refusal.text())));
    }
  }

  private String state(DeliveryState state) {
    return Speech.coloured(paint, state, Speech.padded(state.wire(), TextFace.STATE_WIDTH)) + " ";
  }
}
