// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Happening;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A simulated breaker with select before operate (IEC 61850-7-2 "SBO with normal security"): open
 * and close need a selection by the same person, which serves once. A selection does not survive a
 * restart.
 */
final class BreakerDriver implements Driver {
  private static final String TRIP = "trip";

  private final Surroundings surroundings;
  private Position position;
  private boolean tripped;
  private final Relay relay;
  private Optional<Selection> selection = Optional.empty();
  // By elapsed time, as a clock that was set back may stand still.
  private Timer.Pending lapse = Timer.Pending.NONE;

  private record Selection(DocumentId order, BareJid by, Verb operate, Instant until) {}

  BreakerDriver(
      DriverSettings.Breaker settings, Optional<ObjectNode> saved, Surroundings surroundings) {
    this.surroundings = surroundings;
    Optional<Fields> state = saved.map(Fields::of);
    position =
        state
            .map(fields -> fields.oneOf("position", Position::ofWire))
            .orElse(settings.tripped() ? Position.OPEN : settings.position());
    tripped = state.map(fields -> fields.flag("tripped")).orElse(settings.tripped());
    relay =
        new Relay(
            settings.protection(), surroundings, () -> position == Position.CLOSED, this::trip);
  }

  @Override
  public Condition condition() {
    return new Condition(
        DeviceKind.BREAKER,
        Operating.NONE,
        Optional.empty(),
        Optional.of(position),
        Map.of(),
        tripped ? List.of(TRIP) : List.of());
  }

  @Override
  public Set<Happening> happenings() {
    return tripped ? EnumSet.of(Happening.TRIPPED) : EnumSet.noneOf(Happening.class);
  }

  @Override
  public Optional<Refusal> refuse(Order order) {
    return switch (order.verb()) {
      case SELECT -> refuseSelect(order);
      case OPEN -> refuseOperate(order, Position.OPEN);
      case CLOSE -> refuseOperate(order, Position.CLOSED);
      case RESET -> refuseReset((Instruction.Reset) order.instruction());
      case READ -> Optional.empty();
      default -> Answers.unsupported(order, "breaker");
    };
  }

  private Optional<Refusal> refuseSelect(Order order) {
    Verb operate = ((Instruction.Select) order.instruction()).operate();
    if (operate != Verb.OPEN && operate != Verb.CLOSE) {
      return Answers.no(
          Reason.INVALID_ARGUMENT, "a breaker is selected to open or to close, not to " + operate);
    }
    return selected()
        .filter(held -> !held.by().equals(order.by()))
        .flatMap(
            held ->
                Answers.no(
                    Reason.BUSY,
                    "selected by "
                        + held.by().local()
                        + " for another "
                        + Answers.secondsUntil(surroundings.now(), held.until())
                        + " s"));
  }

  private Optional<Refusal> refuseOperate(Order order, Position wanted) {
    if (position == wanted) {
      return Answers.no(Reason.ALREADY_THERE, "it is " + reading());
    }
    if (selected().filter(held -> held.by().equals(order.by())).isEmpty()) {
      return Answers.no(
          Reason.NOT_SELECTED,
          "select it first; a selection serves once, within "
              + Instruction.Select.HOLDS.toSeconds()
              + " s");
    }
    if (selected().filter(held -> held.operate() == order.verb()).isEmpty()) {
      return Answers.no(
          Reason.NOT_SELECTED, "it was selected for something other than " + order.verb());
    }
    if (wanted == Position.CLOSED && tripped) {
      return Answers.no(
          Reason.INTERLOCKED, "its protection has tripped; find out why, then reset trip");
    }
    return Optional.empty();
  }

  private Optional<Refusal> refuseReset(Instruction.Reset reset) {
    if (!reset.counter().equals(TRIP)) {
      return Answers.no(Reason.INVALID_ARGUMENT, "a breaker resets trip, not " + reset.counter());
    }
    return tripped ? Optional.empty() : Answers.no(Reason.ALREADY_THERE, "it is not tripped");
  }

  @Override
  public CompletionStage<Result> execute(Order order) {
    Optional<Refusal> refusal = refuse(order);
    if (refusal.isPresent()) {
      return Answers.declined(refusal.get());
    }
    switch (order.verb()) {
      case SELECT -> {
        Verb operate = ((Instruction.Select) order.instruction()).operate();
        selection =
            Optional.of(
                new Selection(
                    order.id(),
                    order.by(),
                    operate,
                    surroundings.now().plus(Instruction.Select.HOLDS)));
        lapse.cancel();
        lapse = surroundings.timer().after(Instruction.Select.HOLDS, this::letGo);
        return Answers.executed(
            "selected to " + operate + " for " + Instruction.Select.HOLDS.toSeconds() + " s");
      }
      case OPEN -> position = Position.OPEN;
      case CLOSE -> position = Position.CLOSED;
      case RESET -> tripped = false;
      default -> {
        return Answers.executed(reading());
      }
    }
    letGo();
    surroundings.changed().run();
    return Answers.executed(reading());
  }

  @Override
  public boolean deselect(DocumentId select, BareJid by) {
    boolean held =
        selected().filter(one -> one.order().equals(select) && one.by().equals(by)).isPresent();
    if (held) {
      letGo();
    }
    return held;
  }

  @Override
  public boolean reserved() {
    return selected().isPresent();
  }

  @Override
  public Result readBack(Order order) {
    return Answers.readBack(
        switch (order.verb()) {
          case OPEN -> position == Position.OPEN;
          case CLOSE -> position == Position.CLOSED;
          case RESET -> !tripped;
          // A selection lives in memory only, so that none survives the one who made it.
          case SELECT -> false;
          default -> true;
        },
        reading());
  }

  /** A switch never moves by itself because a time is up. */
  @Override
  public boolean undoes(Verb verb) {
    return false;
  }

  @Override
  public boolean undo(Verb verb) {
    throw new IllegalStateException("a breaker undoes nothing");
  }

  @Override
  public boolean hold(Duration time) {
    return relay.hold(time);
  }

  @Override
  public Optional<String> protect() {
    if (position == Position.OPEN) {
      return Optional.empty();
    }
    trip();
    return Optional.of("opens");
  }

  /** Its protection opens it. */
  void trip() {
    position = Position.OPEN;
    tripped = true;
    letGo();
    surroundings.changed().run();
  }

  @Override
  public ObjectNode save() {
    return Json.object().put("position", position.wire()).put("tripped", tripped);
  }

  @Override
  public void close() {
    relay.close();
    letGo();
  }

  private void letGo() {
    lapse.cancel();
    selection = Optional.empty();
  }

  private Optional<Selection> selected() {
    return selection.filter(held -> surroundings.now().isBefore(held.until()));
  }

  private String reading() {
    return position.wire() + (tripped ? ", tripped" : "");
  }
}
