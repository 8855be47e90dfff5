// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import energy.muster.identity.BareJid;
import energy.muster.service.desk.Desk;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What is decided of one meter, one after the other, to the end of each. At the desk. */
final class Turns {
  private final Desk desk;
  private final Map<BareJid, CompletionStage<?>> last = new HashMap<>();

  Turns(Desk desk) {
    this.desk = desk;
  }

  <T> CompletionStage<T> of(BareJid meter, Supplier<CompletionStage<T>> decision) {
    CompletionStage<?> before = last.get(meter);
    CompletionStage<T> answer =
        before == null
            ? started(decision)
            : before.handle((done, failure) -> null).thenCompose(over -> desk.ask(decision));
    last.put(meter, answer);
    answer.whenComplete((done, failure) -> desk.put(() -> last.remove(meter, answer)));
    return answer;
  }

  private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> decision) {
    try {
      return decision.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
