// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.console.language.Act;
import energy.muster.console.language.Moment;
import energy.muster.console.language.Options;
import energy.muster.console.language.Window;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Contact;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings loads back in steps. Loads that were off together draw more at first than they will later
 * (cold-load pickup), so all at once may trip what was just relieved.
 */
public final class Ramp {
  /** Later steps are on their way, and that is all that is asked of them now. */
  private static final Set<DeliveryState> UNDER_WAY =
      EnumSet.of(
          DeliveryState.EXECUTED,
          DeliveryState.HELD,
          DeliveryState.SENT,
          DeliveryState.RECEIVED,
          DeliveryState.EXECUTING);

  private final Mirror mirror;
  private final Desk desk;
  private final Questions questions;
  private final Confirmation confirmation;
  private final Setup setup;
  private final Consumer<Event> events;

  /**
   * Who comes back together.
   *
   * @param power what they draw when they are on, as far as they announce it
   */
  public record Step(Instant at, List<BareJid> devices, Power power) {
    public Step {
      devices = List.copyOf(devices);
    }
  }

  Ramp(
      Mirror mirror,
      Desk desk,
      Questions questions,
      Confirmation confirmation,
      Setup setup,
      Consumer<Event> events) {
    this.mirror = mirror;
    this.desk = desk;
    this.questions = questions;
    this.confirmation = confirmation;
    this.setup = setup;
    this.events = events;
  }

  LineResult restore(Act.Ramp ramp, List<BareJid> devices, Options options)
      throws InterruptedException {
    Instant now = setup.clock().instant();
    List<Step> steps = steps(ramp, inOrder(devices), now);
    events.accept(new Event.Ramped(now, steps));
    if (!confirmation.ask(
        "restore these " + devices.size() + " devices in " + steps.size() + " steps?")) {
      return said("not done: nothing was sent");
    }
    Map<BareJid, Standing> standings = new LinkedHashMap<>();
    LineResult.Given first = give(steps.get(0), options);
    standings.putAll(first.standings());
    if (first.standings().values().stream()
        .noneMatch(standing -> UNDER_WAY.contains(standing.state()))) {
      events.accept(
          new Event.Said(
              setup.clock().instant(), "nobody came back in the first step: no other was sent"));
      return first;
    }
    for (Step step : steps.subList(1, steps.size())) {
      // One whose time came while the step before it was awaited begins now.
      boolean later = step.at().isAfter(setup.clock().instant());
      standings.putAll(give(step, later ? options.in(at(step.at())) : options).standings());
    }
    return new LineResult.Given(first.order(), standings, UNDER_WAY);
  }

  private LineResult.Given give(Step step, Options options) throws InterruptedException {
    return desk.give(new Draft(Instruction.plain(Verb.RESTORE), step.devices(), options));
  }

  private static Window at(Instant begin) {
    return new Window(
        Optional.of(new Moment.Exactly(begin)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whoever is shed last comes back first, and among equals whoever was shed longest. */
  private List<BareJid> inOrder(List<BareJid> devices) throws InterruptedException {
    FairnessRecord fairness = FairnessRecord.ask(questions);
    Comparator<BareJid> tiers =
        Comparator.comparingInt(
            device -> mirror.contact(device).map(Contact::tier).orElse(Contact.NO_TIER));
    List<BareJid> sorted = new ArrayList<>(devices);
    sorted.sort(
        tiers
            .reversed()
            .thenComparing(fairness::of, Comparator.reverseOrder())
            .thenComparing(Mirror.BY_NAME));
    return sorted;
  }

  private List<Step> steps(Act.Ramp ramp, List<BareJid> devices, Instant now) {
    Power total = devices.stream().map(this::draws).reduce(Power.ZERO, Power::plus);
    List<Step> steps = new ArrayList<>();
    List<BareJid> group = new ArrayList<>();
    Power sum = Power.ZERO;
    Power before = Power.ZERO;
    for (BareJid device : devices) {
      Power next = draws(device);
      boolean full =
          ramp.each()
              .map(most -> overflows(most, group, next))
              .orElse(isDue(ramp, steps.size(), before.plus(sum), total));
      if (!group.isEmpty() && full) {
        steps.add(new Step(now.plus(ramp.every().multipliedBy(steps.size())), group, sum));
        before = before.plus(sum);
        group.clear();
        sum = Power.ZERO;
      }
      group.add(device);
      sum = sum.plus(next);
    }
    steps.add(new Step(now.plus(ramp.every().multipliedBy(steps.size())), group, sum));
    return steps;
  }

  private boolean overflows(Power most, List<BareJid> group, Power next) {
    Power sum = group.stream().map(this::draws).reduce(next, Power::plus);
    return sum.compareTo(most) > 0;
  }

  /** Whether so much is back that the next step begins: equal shares of the whole. */
  private static boolean isDue(Act.Ramp ramp, int done, Power back, Power total) {
    int count = ramp.count().orElse(1);
    return done < count - 1
        && back.kilowatts()
                .multiply(BigDecimal.valueOf(count))
                .compareTo(total.kilowatts().multiply(BigDecimal.valueOf(done + 1L)))
            >= 0;
  }

  private Power draws(BareJid device) {
    return mirror.announced(device, Quantity.CAPACITY).orElse(Power.ZERO);
  }

  private LineResult said(String text) {
    events.accept(new Event.Said(setup.clock().instant(), text));
    return new LineResult.Done(false);
  }
}
