// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Priority;
import energy.muster.command.Verb;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.Moment;
import energy.muster.console.language.Options;
import energy.muster.console.language.Window;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Takes an order back: a signed cancel to the same devices, and what each of them says of it. */
final class Withdrawals {
  /** However it came: what was ordered is not done. */
  private static final Set<DeliveryState> VOID =
      EnumSet.of(DeliveryState.CANCELLED, DeliveryState.EXPIRED, DeliveryState.SUPERSEDED);

  private final Records records;
  private final Notary notary;
  private final OrderBook book;
  private final Desk desk;
  private final Confirmation confirmation;
  private final Setup setup;
  private final Consumer<Event> events;

  Withdrawals(
      Records records,
      Notary notary,
      OrderBook book,
      Desk desk,
      Confirmation confirmation,
      Setup setup,
      Consumer<Event> events) {
    this.records = records;
    this.notary = notary;
    this.book = book;
    this.desk = desk;
    this.confirmation = confirmation;
    this.setup = setup;
    this.events = events;
  }

  LineResult cancel(Line.Cancel line) throws InterruptedException {
    OrderRecord kept = records.one(line.order());
    Command order = notary.order(kept).command();
    refuse(line, order);
    Map<BareJid, Standing> ends = new LinkedHashMap<>();
    List<BareJid> open = new ArrayList<>();
    kept.deliveries()
        .forEach(
            (device, standing) -> {
              if (takesBack(order, standing)) {
                open.add(device);
              } else {
                ends.put(device, tooLate(kept, device, standing));
              }
            });
    if (open.isEmpty()) {
      return new LineResult.Given(order.id(), ends, VOID);
    }
    if (open.size() > 1
        && !confirmation.ask("cancel " + order.verb() + " of these " + open.size() + " devices?")) {
      events.accept(new Event.Said(now(), "not done: nothing was sent"));
      return new LineResult.Done(false);
    }
    book.withdraw(order.id());
    LineResult.Given given =
        desk.give(new Draft(new Instruction.Cancel(order.id()), open, options(line, order)));
    given.standings().forEach((device, standing) -> ends.put(device, standing.ofCancel()));
    return new LineResult.Given(given.order(), ends, VOID);
  }

  private void refuse(Line.Cancel line, Command order) {
    int column = line.order().column();
    if (!order.header().issuer().equals(setup.identity().certified().jid())) {
      throw new Hint(
          column,
          order.header().issuer().local() + " gave this order, and only who gave it takes it back");
    }
    if (order.verb() == Verb.CANCEL || order.verb().onlyLooks()) {
      throw new Hint(column, "it is a " + order.verb() + ": there is nothing to take back");
    }
  }

  /** A selection that was carried out can be ended. */
  private static boolean takesBack(Command order, Standing standing) {
    return !standing.state().terminal()
        || (order.verb() == Verb.SELECT && standing.state() == DeliveryState.EXECUTED);
  }

  private Standing tooLate(OrderRecord kept, BareJid device, Standing standing) {
    events.accept(new Event.TooLate(now(), kept.id(), device, standing));
    return VOID.contains(standing.state())
        ? standing
        : new Standing(
            DeliveryState.REFUSED,
            Optional.of(Reason.TOO_LATE),
            "it was " + standing.state() + ": " + standing.text());
  }

  /** It may be on its way as long as what it takes back could be begun, and goes first. */
  private Options options(Line.Cancel line, Command order) {
    Instant soon = now().plus(Terms.EXECUTE_WITHIN);
    Instant most = now().plus(Command.LONGEST).minus(Terms.EXECUTE_WITHIN);
    Instant last = order.executeBy().isAfter(soon) ? order.executeBy() : soon;
    // An upgrade may take longer than any other order, its cancel included.
    last = last.isAfter(most) ? most : last;
    return new Options(
        Optional.empty(),
        line.reason(),
        new Window(
            Optional.empty(),
            Optional.of(new Moment.Exactly(last)),
            Optional.empty(),
            Optional.empty()),
        Priority.EMERGENCY,
        Optional.empty(),
        OptionalInt.empty());
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
