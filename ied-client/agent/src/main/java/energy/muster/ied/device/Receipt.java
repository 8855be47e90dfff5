// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What whoever brought an order is answered, once: that the device has it, or that it has not. The
 * service may be answered with the signed outcome itself, which saves it a second question.
 */
final class Receipt {
  private final CompletableFuture<Payload> answer;
  private final boolean takesOutcome;
  private final CompletableFuture<Void> recorded = new CompletableFuture<>();

  /**
   * @param takesOutcome whether it goes to the service, which alone is told how an order ended
   */
  Receipt(CompletableFuture<Payload> answer, boolean takesOutcome) {
    this.answer = answer;
    this.takesOutcome = takesOutcome;
  }

  /** Of an order that nobody brought. */
  static Receipt none() {
    return new Receipt(new CompletableFuture<>(), false);
  }

  boolean takesOutcome() {
    return takesOutcome;
  }

  /** Complete when the order is on disk, exceptionally when it could not be written there. */
  CompletableFuture<Void> recorded() {
    return recorded;
  }

  void record() {
    recorded.complete(null);
  }

  /** Sends the answer on another thread, so that it does not hold up what is carried out. */
  void give(Supplier<Payload> receipt, Executor workers) {
    answer.completeAsync(receipt, workers);
  }

  void give(Payload outcome) {
    answer.complete(outcome);
  }

  void refuse(Refusal refusal) {
    Refused no = new Refused(refusal);
    recorded.completeExceptionally(no);
    answer.completeExceptionally(no);
  }
}
