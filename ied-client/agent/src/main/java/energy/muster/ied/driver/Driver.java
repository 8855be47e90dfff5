// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Happening;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.refusal.Refusal;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One controllable thing. Called by one thread at a time; its timers run on that thread, too. */
public interface Driver extends AutoCloseable {
  /** How the thing stands now. */
  Condition condition();

  /**
   * Why this order could not be begun now; empty if it could. Changes nothing, so that what would
   * be refused needs no record of an intent.
   */
  Optional<Refusal> refuse(Order order);

  /**
   * Acts, once, and checks again first. Declined means that nothing was begun; failed, that what
   * was begun is known not to have worked.
   */
  CompletionStage<Result> execute(Order order);

  /**
   * Ends a selection before it is used.
   *
   * @param select the order that selected
   * @param by who gave it
   * @return false if no such selection holds
   */
  default boolean deselect(DocumentId select, BareJid by) {
    return false;
  }

  /** Whether a selection holds. */
  default boolean reserved() {
    return false;
  }

  /**
   * After a restart in the middle of an order: whether the thing stands as ordered. Uncertain where
   * it cannot tell.
   */
  Result readBack(Order order);

  /** Whether an order with this verb can be undone when its time is up. */
  boolean undoes(Verb verb);

  /**
   * Undoes what the last order with this verb did.
   *
   * @return false if it cannot be undone just now, to be tried again
   */
  boolean undo(Verb verb);

  /**
   * A peer that is nearer to a fault clears it: does not trip for so long.
   *
   * @return false if there is nothing that could trip
   */
  default boolean hold(Duration time) {
    return false;
  }

  /**
   * A peer warned of something that would harm the thing: gets out of its way at once.
   *
   * @return what it did, in words; empty if there was nothing to do or it may not
   */
  default Optional<String> protect() {
    return Optional.empty();
  }

  /** What it notices now that is no quantity. */
  default Set<Happening> happenings() {
    return Set.of();
  }

  /** How its energy is counted, if it is. */
  default Optional<MeteringPoint> meteringPoint() {
    return Optional.empty();
  }

  /**
   * How it watches over a branch, if it is a master IED's: what becomes of it there it must hear.
   */
  default Optional<DriverSettings.Branch> branch() {
    return Optional.empty();
  }

  /**
   * @param downstream all devices of {@link #branch()} but itself, as they are known now
   */
  default void hear(Collection<Contact> downstream) {}

  /** What a restart must not forget; {@link DriverFactory#build} takes it. */
  ObjectNode save();

  /** Cancels its timers; the thing itself stays as it is. */
  @Override
  void close();
}
