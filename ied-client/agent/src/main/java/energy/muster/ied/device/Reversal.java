// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.WakeUp;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The end of the last order on the output, if it has one: what it did is undone then, unless a
 * later order came first. Used by one thread at a time.
 */
final class Reversal {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final WakeUp alarm;
  private final Predicate<Verb> undo;
  private final Consumer<Verb> undone;
  private Optional<Due> due;
  private Optional<Due> last;

  /** An order with an end; or, once it is over, when it was undone. */
  private record Due(Verb verb, Instant at) {
    static Due read(Fields fields) {
      return new Due(fields.oneOf("verb", Verb::ofWire), fields.instant("at"));
    }

    ObjectNode write() {
      return Json.object().put("verb", verb.wire()).put("at", at.toString());
    }
  }

  /**
   * @param undo undoes what an order with this verb did; false if it cannot just now
   * @param undone told after each time it did
   */
  Reversal(
      Optional<Fields> saved,
      InstantSource clock,
      Timer timer,
      Predicate<Verb> undo,
      Consumer<Verb> undone) {
    this.clock = clock;
    this.alarm = new WakeUp(clock, timer);
    this.undo = undo;
    this.undone = undone;
    due = saved.flatMap(state -> state.optionalObject("undoing")).map(Due::read);
    last = saved.flatMap(state -> state.optionalObject("undone")).map(Due::read);
  }

  /** This order is the last on the output now: it alone says when to go back, if at all. */
  void follow(Command command) {
    due = command.until().map(end -> new Due(command.verb(), end));
    last = Optional.empty();
    arm();
  }

  /** What the order did is no longer how the thing stands: there is nothing to go back from. */
  void overtaken() {
    due = Optional.empty();
    last = Optional.empty();
    arm();
  }

  void arm() {
    due.ifPresentOrElse(order -> alarm.set(order.at(), this::goBack), alarm::cancel);
  }

  private void goBack() {
    Verb verb = due.orElseThrow().verb();
    if (undo.test(verb)) {
      last = Optional.of(new Due(verb, clock.instant()));
      due = Optional.empty();
      undone.accept(verb);
    } else {
      alarm.set(clock.instant().plus(AGAIN), this::goBack);
    }
  }

  /** What people should know of it, such as that it came back by itself. */
  Optional<String> remark(ZoneId zone) {
    Instant now = clock.instant();
    return last.map(
            order -> order.verb() + " was undone at " + SpokenTime.of(order.at(), now, zone))
        .or(
            () ->
                due.map(order -> order.verb() + " until " + SpokenTime.of(order.at(), now, zone)));
  }

  void save(ObjectNode state) {
    due.ifPresent(order -> state.set("undoing", order.write()));
    last.ifPresent(order -> state.set("undone", order.write()));
  }

  void close() {
    alarm.cancel();
  }
}
