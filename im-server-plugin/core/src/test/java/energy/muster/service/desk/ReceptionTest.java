// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.fixture.InMemoryJournal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class ReceptionTest {
  private final InMemoryJournal journal = new InMemoryJournal();
  private final Deque<Runnable> checks = new ArrayDeque<>();
  private final Reception reception = new Reception(journal, new Desk(Runnable::run), checks::add);

  @Test
  void theJournalExpectsWhatIsBeingChecked() {
    CompletionStage<Integer> first = reception.take(() -> "good", this::decide);
    CompletionStage<Integer> second = reception.take(() -> "good", this::decide);
    assertThat(journal.expected()).isEqualTo(2);
    checks.remove().run();
    checks.remove().run();
    assertThat(first.toCompletableFuture()).as("expected beside it").isCompletedWithValue(1);
    assertThat(second.toCompletableFuture()).isCompletedWithValue(0);
  }

  private CompletionStage<Integer> decide(String unused) {
    return CompletableFuture.completedFuture(journal.expected());
  }

  @Test
  void whatIsRefusedIsNotExpectedAnyMore() {
    CompletionStage<Integer> answer =
        reception.take(
            () -> {
              throw new Refused(Reason.BAD_SIGNATURE, "forged");
            },
            this::decide);
    checks.remove().run();
    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
    assertThat(journal.expected()).isZero();
  }
}
