// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Follows answers to their end, and failures to their cause. */
public final class Futures {
  private Futures() {}

  /** Calls with the value or with what went wrong, without the wrapping that stages add. */
  static <T> void whenDone(CompletionStage<T> stage, BiConsumer<? super T, Throwable> next) {
    CompletionStage<T> unused =
        stage.whenComplete((value, failure) -> next.accept(value, cause(failure)));
  }

  /** Whether the service refused because the session must prove its key first. */
  static boolean isNotProven(Throwable failure) {
    return failure instanceof Refused refused && refused.refusal().reason() == Reason.NOT_PROVEN;
  }

  /** What went wrong, without the wrapping that stages add; null when nothing did. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
