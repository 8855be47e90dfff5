// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.ied.branch.Decision.Give;
import energy.muster.ied.branch.Decision.Share;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Moves a part of a branch to another feeder, or takes it back: first the switch that is to feed it
 * is closed, then the one that fed it is opened, so that nobody there loses power. Each is selected
 * before it operates. Where it is not certain how a switch stands, nothing more is moved.
 */
final class Switching {
  /** How far it has come. */
  enum State {
    UNDER_WAY,
    DONE,
    /** A switch has refused, and all stands as it stood. */
    UNCHANGED,
    /** A person must look at it. */
    LEFT
  }

  private record Step(BareJid device, Verb operate) {
    String words() {
      return operate + " " + device.local();
    }
  }

  private final Move move;
  private final String why;
  private final Deque<Step> left;
  private State state = State.UNDER_WAY;
  private boolean selected;
  private boolean closed;
  private boolean backsOut;
  private String trouble = "";

  private Switching(Move move, String why, List<Step> steps) {
    this.move = move;
    this.why = why;
    left = new ArrayDeque<>(steps);
  }

  /** To the other feeder. */
  static Switching away(Transfer transfer, Power power, String why) {
    return new Switching(
        new Move(transfer, true, power),
        why,
        List.of(new Step(transfer.tie(), Verb.CLOSE), new Step(transfer.section(), Verb.OPEN)));
  }

  /** To the branch. */
  static Switching back(Transfer transfer, Power power, String why) {
    return new Switching(
        new Move(transfer, false, power),
        why,
        List.of(new Step(transfer.section(), Verb.CLOSE), new Step(transfer.tie(), Verb.OPEN)));
  }

  /** What to order now. */
  Give next() {
    Step step = left.element();
    Instruction what =
        selected ? Instruction.plain(step.operate()) : new Instruction.Select(step.operate());
    return new Give(what, List.of(new Share(step.device(), moved(step))), why);
  }

  /** How much the branch carries less by it; a switch that only follows another moves nothing. */
  private Optional<Power> moved(Step step) {
    if (!selected || step.operate() != Verb.CLOSE) {
      return Optional.empty();
    }
    return Optional.of(step.device().equals(move.tie()) ? move.power() : Power.ZERO);
  }

  /** A switch has answered. */
  void answered(Result result) {
    if (result instanceof Result.Executed || (selected && isAlreadyThere(result))) {
      advance();
    } else if (result instanceof Result.Declined no) {
      refused(no.refusal().toString());
    } else if (selected) {
      leave(result.text());
    } else {
      // A selection that is not certain moves nothing.
      refused(result.text());
    }
  }

  static boolean isAlreadyThere(Result result) {
    return result instanceof Result.Declined no && no.refusal().reason() == Reason.ALREADY_THERE;
  }

  /** Nobody has answered: the switch may have moved. */
  void silent() {
    if (selected) {
      leave("no answer");
    } else {
      refused("no answer");
    }
  }

  private void advance() {
    if (!selected) {
      selected = true;
      return;
    }
    selected = false;
    closed |= left.remove().operate() == Verb.CLOSE;
    if (left.isEmpty()) {
      state = backsOut ? State.UNCHANGED : State.DONE;
    }
  }

  /** The order for the next step was not carried out, for certain. */
  void refused(String reason) {
    if (!closed) {
      state = State.UNCHANGED;
    } else if (move.away() && !backsOut) {
      backsOut = true;
      selected = false;
      left.clear();
      left.add(new Step(move.tie(), Verb.OPEN));
    } else {
      leave(reason);
    }
  }

  private void leave(String reason) {
    state = State.LEFT;
    trouble = left.element().words() + ": " + reason;
  }

  State state() {
    return state;
  }

  Move move() {
    return move;
  }

  /** For the person who is to look at it. */
  String trouble() {
    return move.trouble(trouble);
  }
}
