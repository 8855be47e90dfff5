// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.gate.Point;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.warning.Reaction;
import energy.muster.warning.Warning;
import energy.muster.warning.WarningReport.Answer;
import java.time.InstantSource;
import java.util.Optional;

/** What was signed beforehand for a warning, done at once. Used by one thread at a time. */
final class Reflexes {
  private final Machine machine;
  private final Restraint restraint;
  private final LastOrders newest;
  private final Reversal reversal;
  private final Runnable acted;
  private final InstantSource clock;

  /**
   * @param acted what is to be saved is another
   */
  Reflexes(
      Machine machine,
      Restraint restraint,
      LastOrders newest,
      Reversal reversal,
      Runnable acted,
      InstantSource clock) {
    this.machine = machine;
    this.restraint = restraint;
    this.newest = newest;
    this.reversal = reversal;
    this.acted = acted;
    this.clock = clock;
  }

  /** A refusal if a person forbids it. */
  Reflex react(Warning warning) {
    Optional<Reaction> signed =
        machine.inForce().reactions().stream()
            .filter(reaction -> reaction.meets(warning))
            .findFirst();
    if (signed.isEmpty()) {
      return Reflex.noted("no reaction to it was signed");
    }
    if (signed.get().act() == Reaction.Act.HOLD) {
      return machine.driver().hold(signed.get().hold())
          ? new Reflex(Answer.HELD, "does not trip for " + signed.get().hold().toMillis() + " ms")
          : Reflex.noted("nothing that could trip");
    }
    return protect();
  }

  private Reflex protect() {
    restraint
        .restriction(clock.instant())
        .ifPresent(
            held -> {
              throw new Refused(
                  Reason.LOCAL_CONTROL, "taken out of use by a person: " + held.reason().wire());
            });
    Optional<String> did = machine.driver().protect();
    if (did.isPresent()) {
      // An order from before it must not bring back what it took away, nor may an end of one.
      newest.note(Point.OUTPUT, clock.instant());
      reversal.overtaken();
      acted.run();
    }
    return did.map(what -> new Reflex(Answer.PROTECTED, what))
        .orElseGet(() -> Reflex.noted("nothing to do"));
  }
}
