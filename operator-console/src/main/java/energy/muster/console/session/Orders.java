// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Instruction;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.console.language.Act;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.Options;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Position;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns an order line into what is sent, asking first where a mistake would reach far. */
final class Orders {
  /** Later, a cancel has nothing left to take back. */
  private static final Options WHILE_SELECTED =
      new Options(
          Optional.empty(),
          Optional.empty(),
          Optional.of(Instruction.Select.HOLDS),
          Optional.of(Instruction.Select.HOLDS),
          Priority.ROUTINE,
          Optional.empty());

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Mirror mirror;
  private final Desk desk;
  private final Confirmation confirmation;
  private final Setup setup;
  private final Consumer<Event> events;

  Orders(Mirror mirror, Desk desk, Confirmation confirmation, Setup setup, Consumer<Event> events) {
    this.mirror = mirror;
    this.desk = desk;
    this.confirmation = confirmation;
    this.setup = setup;
    this.events = events;
  }

  LineResult run(Line.Order line) throws InterruptedException {
    List<BareJid> devices = mirror.resolve(line.targets());
    if (line.act() instanceof Act.Give give) {
      return give(give.instruction(), devices, line.options());
    }
    BareJid point = devices.get(0);
    if (line.act() instanceof Act.Operate operate) {
      return operate(operate.verb(), point, line.options());
    }
    Act.Reserve reserve = (Act.Reserve) line.act();
    Verb then = reserve.then().orElseGet(() -> opposite(point));
    return give(new Instruction.Select(then), devices, line.options());
  }

  private LineResult give(Instruction instruction, List<BareJid> devices, Options options)
      throws InterruptedException {
    if (devices.size() > 1) {
      events.accept(new Event.Addressed(setup.clock().instant(), instruction, devices));
      if (!instruction.verb().onlyLooks()
          && !confirmation.ask(instruction.verb() + " these " + devices.size() + " devices?")) {
        return notDone();
      }
    }
    return desk.give(instruction, devices, options);
  }

  /** Select before operate (IEC 61850-7-2): the point is looked at between the two. */
  private LineResult operate(Verb verb, BareJid point, Options options)
      throws InterruptedException {
    List<BareJid> one = List.of(point);
    LineResult.Given selected = desk.give(new Instruction.Select(verb), one, withoutUntil(options));
    if (!selected.ok()) {
      return selected;
    }
    Instant lapses = setup.clock().instant().plus(Instruction.Select.HOLDS);
    Optional<Contact> contact = mirror.contact(point);
    contact.ifPresent(shown -> events.accept(new Event.Shown(setup.clock().instant(), shown)));
    if (!confirmation.ask(verb + " " + point.local() + "?")) {
      return said("not done: no " + verb + " was sent; " + letGo(point, selected, lapses));
    }
    return desk.give(Instruction.plain(verb), one, options);
  }

  /** Nobody else can operate a selected point, so it is not left selected for nothing. */
  private String letGo(BareJid point, LineResult.Given selected, Instant lapses)
      throws InterruptedException {
    if (!setup.clock().instant().isBefore(lapses)) {
      return "the selection of " + point.local() + " has lapsed";
    }
    Instruction cancel = new Instruction.Cancel(selected.order());
    if (desk.give(cancel, List.of(point), WHILE_SELECTED).ok()) {
      return point.local() + " is no longer selected";
    }
    return point.local()
        + " may stay selected for you until "
        + CLOCK.format(lapses.atZone(setup.zone()));
  }

  /** A selection reverts by itself; only the operation is told until when. */
  private static Options withoutUntil(Options options) {
    return new Options(
        Optional.empty(),
        options.reason(),
        options.deliverWithin(),
        options.executeWithin(),
        options.priority(),
        options.onlyIf());
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
