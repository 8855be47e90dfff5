// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.document.DocumentId;
import energy.muster.json.Json;
import energy.muster.link.Futures;
import energy.muster.link.Link;
import energy.muster.link.LinkException;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the service for orders of another sitting, a few at a time. Safe for use by many threads.
 */
final class LookUps {
  /** After a long absence there may be many; the service takes 20 stanzas a second. */
  static final int AT_ONCE = 8;

  private final CompletionStage<Link> link;
  private final List<CompletableFuture<OrderRecord>> queues =
      new ArrayList<>(Collections.nCopies(AT_ONCE, CompletableFuture.completedFuture(null)));
  private int turn;

  /**
   * @param link over which it asks
   */
  LookUps(CompletionStage<Link> link) {
    this.link = link;
  }

  /** The question by which the service is asked for an order. */
  static Payload order(DocumentId id) {
    return Payload.of(Wire.ORDER, Json.object().put("id", id.text()));
  }

  /**
   * The order as the service keeps it.
   *
   * @param wanted whether it still is when its turn comes; if not, it ends as {@code busy}. One
   *     that fails for a reason that passes ends that for those that share it
   */
  synchronized CompletableFuture<OrderRecord> find(DocumentId id, AtomicBoolean wanted) {
    CompletableFuture<OrderRecord> found =
        queues.get(turn).handle((before, problem) -> id).thenCompose(next -> ask(next, wanted));
    queues.set(turn, found);
    turn = (turn + 1) % AT_ONCE;
    return found;
  }

  private CompletionStage<OrderRecord> ask(DocumentId id, AtomicBoolean wanted) {
    if (!wanted.get()) {
      return CompletableFuture.failedFuture(
          new Refused(Reason.BUSY, "another order could not be looked up"));
    }
    return link.thenCompose(proven -> proven.get(order(id)))
        .thenApply(answer -> OrderRecord.read(Questions.json(answer)))
        .whenComplete(
            (kept, problem) -> {
              if (passes(problem)) {
                wanted.set(false);
              }
            });
  }

  /** Whether the same question may be answered a little later. */
  static boolean passes(Throwable problem) {
    Throwable cause = Futures.cause(problem);
    return cause instanceof LinkException
        || (cause instanceof Refused no && no.refusal().reason().passes());
  }
}
