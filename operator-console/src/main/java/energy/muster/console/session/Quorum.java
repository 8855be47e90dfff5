// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Goal;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Options;
import energy.muster.console.language.Selection;
import energy.muster.console.language.Window;
import energy.muster.identity.BareJid;
import energy.muster.link.LinkException;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sheds so much out of many: orders the candidates, shows them, signs one order for all, and counts
 * along by what the devices sign.
 */
final class Quorum {
  /** Short, because whoever was silent may still carry it out until then. */
  private static final Duration DELIVER_WITHIN = Duration.ofMinutes(1);

  private static final Duration EXECUTE_WITHIN = Duration.ofSeconds(90);

  /** How long those who were asked may still take when enough have answered. */
  private static final Duration STRAGGLERS = Duration.ofSeconds(2);

  /** How a delivery ends that changed nothing. */
  private static final Set<DeliveryState> NOBODY =
      EnumSet.of(DeliveryState.REFUSED, DeliveryState.CANCELLED);

  private final Mirror mirror;
  private final Monitor monitor;
  private final OrderBook book;
  private final Desk desk;
  private final Questions questions;
  private final Confirmation confirmation;
  private final Setup setup;
  private final Consumer<Event> events;

  Quorum(
      Mirror mirror,
      Monitor monitor,
      OrderBook book,
      Desk desk,
      Questions questions,
      Confirmation confirmation,
      Setup setup,
      Consumer<Event> events) {
    this.mirror = mirror;
    this.monitor = monitor;
    this.book = book;
    this.desk = desk;
    this.questions = questions;
    this.confirmation = confirmation;
    this.setup = setup;
    this.events = events;
  }

  LineResult reach(Goal goal, Selection meant, List<BareJid> devices, Options options)
      throws InterruptedException {
    FairnessRecord fairness = FairnessRecord.ask(questions);
    Candidates candidates = Candidates.of(devices, mirror, fairness);
    if (candidates.inOrder().isEmpty()) {
      int column = meant instanceof Selection.Matching matching ? matching.column() : 0;
      throw new Hint(column, "none of these can shed anything now: " + why(candidates));
    }
    Event.Planned planned =
        new Event.Planned(
            now(),
            goal,
            candidates.inOrder(),
            candidates.enough(goal),
            candidates.leftOut(),
            fairness.floors());
    events.accept(planned);
    if (!confirmation.ask(question(planned))) {
      events.accept(new Event.Said(now(), "not done: nothing was sent"));
      return new LineResult.Done(false);
    }
    Map<BareJid, Power> shares = new HashMap<>();
    candidates.inOrder().forEach(each -> shares.put(each.device(), each.sheds()));
    return pursue(goal, draft(goal, candidates, shares, options), shares);
  }

  private static String why(Candidates candidates) {
    return String.join(
        ", ",
        candidates.leftOut().entrySet().stream()
            .map(entry -> entry.getKey().local() + " " + entry.getValue())
            .toList());
  }

  private static String question(Event.Planned planned) {
    boolean short0 = planned.announced().compareTo(planned.goal().shed()) < 0;
    return "shed "
        + planned.goal()
        + " from these "
        + planned.candidates().size()
        + " candidates"
        + (short0 ? ", who announce only " + planned.announced() : "")
        + "?";
  }

  private static Draft draft(
      Goal goal, Candidates candidates, Map<BareJid, Power> shares, Options options) {
    return new Draft(
        Instruction.plain(Verb.SHED),
        candidates.inOrder().stream().map(Candidates.Candidate::device).toList(),
        options.window().equals(Window.NONE)
            ? options.in(
                new Window(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(DELIVER_WITHIN),
                    Optional.of(EXECUTE_WITHIN)))
            : options,
        Optional.of(goal),
        shares);
  }

  private LineResult pursue(Goal goal, Draft draft, Map<BareJid, Power> shares)
      throws InterruptedException {
    OpenOrder order = draft.sign(setup);
    book.add(order);
    Instant start = now();
    AtomicBoolean unsure = new AtomicBoolean();
    LineResult.Taken taken = LineResult.Taken.TAKEN;
    try {
      questions.order(
          order.submission(),
          setup.patience(),
          why -> {
            unsure.set(true);
            events.accept(new Event.Said(now(), Desk.notSure(order, why)));
          });
      events.accept(new Event.Pursuing(now(), order.id(), goal, order.size()));
    } catch (Refused e) {
      events.accept(new Event.Declined(now(), "shed " + goal, e.refusal()));
      // What is only put off now may have been taken before, when the answer got lost.
      boolean perhaps = unsure.get() && e.refusal().reason().passes();
      if (!perhaps) {
        desk.refusedAltogether(order, e);
        book.endPursuit(order);
      }
      return new LineResult.Pursued(
          order.id(),
          goal,
          Power.ZERO,
          perhaps ? LineResult.Taken.NOT_KNOWN : LineResult.Taken.REFUSED);
    } catch (LinkException e) {
      taken = LineResult.Taken.NOT_KNOWN;
      events.accept(new Event.Said(now(), "no answer from the service: " + e.getMessage()));
    }
    Duration left = setup.patience().minus(Duration.between(start, now()));
    if (monitor.await(() -> order.done() || !order.pursued(), left)) {
      monitor.await(order::done, STRAGGLERS);
    }
    // Who was not asked is not told one by one: the record has it.
    desk.lookUp(order);
    Event.GoalEnded ended =
        monitor.read(
            () ->
                new Event.GoalEnded(
                    now(),
                    order.id(),
                    goal,
                    order.shed(),
                    order.counts(),
                    order.waitingFor(),
                    order.shed().compareTo(goal.shed()) < 0
                        ? Optional.of(Shortfall.of(goal, order, shares))
                        : Optional.empty(),
                    order.pursued() && !order.done()));
    events.accept(ended);
    return new LineResult.Pursued(
        order.id(),
        goal,
        ended.shed(),
        NOBODY.containsAll(ended.counts().keySet()) ? LineResult.Taken.REFUSED : taken);
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
