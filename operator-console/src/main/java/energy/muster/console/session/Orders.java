// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.console.language.Act;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.Options;
import energy.muster.console.language.Selection;
import energy.muster.console.language.Window;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns an order line into what is sent, asking first where a mistake would reach far. */
final class Orders {
  /** Later, a cancel has nothing left to take back. */
  private static final Options WHILE_SELECTED =
      Options.NONE.in(Window.within(Instruction.Select.HOLDS));

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Mirror mirror;
  private final Desk desk;
  private final Quorum quorum;
  private final Ramp ramp;
  private final Confirmation confirmation;
  private final Setup setup;
  private final Consumer<Event> events;

  Orders(
      Mirror mirror,
      Desk desk,
      Quorum quorum,
      Ramp ramp,
      Confirmation confirmation,
      Setup setup,
      Consumer<Event> events) {
    this.mirror = mirror;
    this.desk = desk;
    this.quorum = quorum;
    this.ramp = ramp;
    this.confirmation = confirmation;
    this.setup = setup;
    this.events = events;
  }

  LineResult run(Line.Order line) throws InterruptedException {
    List<BareJid> devices = mirror.resolve(line.targets());
    // What 12:00 means is settled before anybody agrees to it.
    Options options =
        line.targets() instanceof Selection.Matching matching
            ? stillSo(line, matching, devices)
            : line.options();
    options = Terms.pinned(options, setup.clock().instant(), setup.zone());
    if (line.act() instanceof Act.Give give) {
      return give(new Draft(give.instruction(), devices, options), described(line));
    } else if (line.act() instanceof Act.Configure configure) {
      return give(
          new Draft(SettingsFile.instruction(configure, devices, mirror), devices, options),
          described(line));
    }
    if (line.act() instanceof Act.Reach reach) {
      return quorum.reach(reach.goal(), line.targets(), devices, options);
    } else if (line.act() instanceof Act.Ramp steps) {
      return ramp.restore(steps, devices, options);
    }
    BareJid point = devices.get(0);
    if (line.act() instanceof Act.Operate operate) {
      return operate(operate.verb(), point, options);
    }
    Act.Reserve reserve = (Act.Reserve) line.act();
    Verb then = reserve.then().orElseGet(() -> opposite(point));
    return give(new Draft(new Instruction.Select(then), devices, options), described(line));
  }

  private static boolean described(Line.Order line) {
    return line.targets() instanceof Selection.Matching;
  }

  /** What was true when they were listed rides along: whoever has changed since refuses. */
  private Options stillSo(Line.Order line, Selection.Matching described, List<BareJid> devices) {
    int most = line.options().atMost().orElse(devices.size());
    if (devices.size() > most) {
      throw new Hint(
          described.column(), "these are " + devices.size() + " devices, more than " + most);
    }
    boolean looks = line.act() instanceof Act.Give give && give.instruction().verb().onlyLooks();
    return described
        .precondition()
        .filter(listed -> !looks)
        .map(line.options()::onlyIf)
        .orElse(line.options());
  }

  private LineResult give(Draft draft, boolean described) throws InterruptedException {
    Instant now = setup.clock().instant();
    Options options = draft.options();
    Terms terms = Terms.of(options, now, setup.zone());
    // Whom a description means, nobody knows before the list is seen.
    boolean several = draft.devices().size() > 1 || described;
    if (several) {
      events.accept(
          new Event.Addressed(
              now,
              draft.instruction(),
              draft.devices(),
              power(draft),
              options.when().filter(when -> !when.awaited())));
    }
    boolean asks =
        several
            || options.awaits()
            || options.window().at().isPresent()
            || draft.instruction().verb() == Verb.CONFIGURE;
    List<String> names = draft.devices().stream().map(BareJid::local).toList();
    if (asks
        && !draft.instruction().verb().onlyLooks()
        && !confirmation.ask(
            terms.question(draft.instruction(), names, options, now, setup.zone()))) {
      return notDone();
    }
    return desk.give(draft);
  }

  /** What the addressees announce together of the quantity that the verb is about. */
  private Optional<Power> power(Draft draft) {
    if (draft.instruction() instanceof Instruction.SetTariff) {
      return Optional.empty();
    }
    Quantity quantity =
        switch (draft.instruction().verb()) {
          case SHED -> Quantity.SHEDDABLE;
          case RESTORE, START -> Quantity.CAPACITY;
          default -> Quantity.POWER;
        };
    return draft.devices().stream()
        .flatMap(device -> mirror.announced(device, quantity).stream())
        .reduce(Power::plus);
  }

  /** Select before operate (IEC 61850-7-2): the point is looked at between the two. */
  private LineResult operate(Verb verb, BareJid point, Options options)
      throws InterruptedException {
    List<BareJid> one = List.of(point);
    LineResult.Given selected =
        desk.give(new Draft(new Instruction.Select(verb), one, options.withoutUntil()));
    if (!selected.ok()) {
      return selected;
    }
    Instant lapses = setup.clock().instant().plus(Instruction.Select.HOLDS);
    Optional<Contact> contact = mirror.contact(point);
    contact.ifPresent(shown -> events.accept(new Event.Shown(setup.clock().instant(), shown)));
    if (!confirmation.ask(verb + " " + point.local() + "?")) {
      return said("not done: no " + verb + " was sent; " + letGo(point, selected, lapses));
    }
    return desk.give(new Draft(Instruction.plain(verb), one, options));
  }

  /** Nobody else can operate a selected point, so it is not left selected for nothing. */
  private String letGo(BareJid point, LineResult.Given selected, Instant lapses)
      throws InterruptedException {
    if (!setup.clock().instant().isBefore(lapses)) {
      return "the selection of " + point.local() + " has lapsed";
    }
    Instruction cancel = new Instruction.Cancel(selected.order());
    if (desk.give(new Draft(cancel, List.of(point), WHILE_SELECTED)).ok()) {
      return point.local() + " is no longer selected";
    }
    return point.local()
        + " may stay selected for you until "
        + CLOCK.format(lapses.atZone(setup.zone()));
  }

  private Verb opposite(BareJid point) {
    Optional<Position> position =
        mirror.contact(point).flatMap(Contact::presence).flatMap(DevicePresence::position);
    if (position.equals(Optional.of(Position.OPEN))) {
      return Verb.CLOSE;
    }
    if (position.equals(Optional.of(Position.CLOSED))) {
      return Verb.OPEN;
    }
    throw new Hint(
        0, "nobody knows how " + point.local() + " stands; say select … to open, or to close");
  }

  private LineResult notDone() {
    return said("not done: nothing was sent");
  }

  private LineResult said(String text) {
    events.accept(new Event.Said(setup.clock().instant(), text));
    return new LineResult.Done(false);
  }
}
