// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Journal.Expected;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where signed documents come in: what takes no decision, their seals above all, is checked on a
 * worker, and what becomes of them is decided at the desk. The journal learns that more is coming
 * while it is being checked.
 */
public final class Reception {
  private final Journal journal;
  private final Desk desk;
  private final Executor workers;

  public Reception(Journal journal, Desk desk, Executor workers) {
    this.journal = journal;
    this.desk = desk;
    this.workers = workers;
  }

  public <C, T> CompletionStage<T> take(Supplier<C> check, Function<C, CompletionStage<T>> decide) {
    Expected expected = journal.expect();
    return CompletableFuture.supplyAsync(check, workers)
        .whenComplete(
            (checked, failure) -> {
              if (failure != null) {
                expected.over();
              }
            })
        .thenCompose(
            checked ->
                desk.askHere(
                    () -> {
                      expected.over();
                      return decide.apply(checked);
                    }));
  }
}
