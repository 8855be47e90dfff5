// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What was decided and is not on disk yet, each with what will be answered for it: the same that
 * comes again meanwhile is answered no sooner, and what the disk did not take is forgotten here, so
 * that it is written anew when it comes again. Only for use at the desk.
 *
 * @param <K> what is written, by what it says
 * @param <T> the answer
 */
public final class Unwritten<K, T> {
  private final Map<K, CompletionStage<T>> answers = new LinkedHashMap<>();
  private final Journal journal;
  private final Desk desk;

  public Unwritten(Journal journal, Desk desk) {
    this.journal = journal;
    this.desk = desk;
  }

  /** What will be answered for this, if it is being written. */
  public Optional<CompletionStage<T>> answer(K what) {
    return Optional.ofNullable(answers.get(what));
  }

  /** All that is being written. */
  public Set<K> all() {
    return Set.copyOf(answers.keySet());
  }

  /**
   * Writes this.
   *
   * @param kept at the desk, once it is on disk
   */
  public CompletionStage<T> write(K what, Entry entry, Supplier<CompletionStage<T>> kept) {
    CompletionStage<T> answer =
        journal
            .append(entry)
            .handle((done, failure) -> Optional.ofNullable(failure))
            .thenCompose(failure -> desk.ask(() -> written(what, failure, kept)));
    answers.put(what, answer);
    return answer;
  }

  private CompletionStage<T> written(
      K what, Optional<Throwable> failure, Supplier<CompletionStage<T>> kept) {
    answers.remove(what);
    return failure.isPresent()
        ? CompletableFuture.failedFuture(Failures.cause(failure.get()))
        : kept.get();
  }
}
