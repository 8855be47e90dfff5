// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.command.Verb;
import energy.muster.outcome.Result;
import energy.muster.refusal.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What moves nothing: it can be read, and there is nothing to undo. */
interface Instrument extends Driver {
  /** What people call such a thing. */
  String called();

  /** What it shows now. */
  String reading();

  @Override
  default Optional<Refusal> refuse(Order order) {
    return order.verb() == Verb.READ ? Optional.empty() : Answers.unsupported(order, called());
  }

  @Override
  default CompletionStage<Result> execute(Order order) {
    return refuse(order).map(Answers::declined).orElseGet(() -> Answers.executed(reading()));
  }

  @Override
  default Result readBack(Order order) {
    return Answers.readBack(true, reading());
  }

  @Override
  default boolean undoes(Verb verb) {
    return false;
  }

  @Override
  default boolean undo(Verb verb) {
    throw new IllegalStateException("a " + called() + " undoes nothing");
  }
}
