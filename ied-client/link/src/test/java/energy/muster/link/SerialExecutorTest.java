// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class SerialExecutorTest {
  private final Queue<Runnable> shared = new ArrayDeque<>();
  private final List<Throwable> faults = new ArrayList<>();
  private final List<Integer> done = new ArrayList<>();
  private final SerialExecutor serial = new SerialExecutor(shared::add, faults::add);

  @Test
  void tasksRunInTheOrderTheyCame() {
    serial.execute(() -> done.add(1));
    serial.execute(() -> done.add(2));
    serial.execute(() -> done.add(3));
    runShared();
    assertThat(done).containsExactly(1, 2, 3);
  }

  @Test
  void aTaskGivenByATaskRunsAfterIt() {
    serial.execute(
        () -> {
          serial.execute(() -> done.add(2));
          done.add(1);
        });
    runShared();
    assertThat(done).containsExactly(1, 2);
  }

  @Test
  void oneThreadIsTakenAtATime() {
    serial.execute(() -> done.add(1));
    serial.execute(() -> done.add(2));
    assertThat(shared).hasSize(1);
  }

  @Test
  void theNextTaskRunsAfterAnException() {
    afterOneThat(new IllegalStateException("failed"));
  }

  @Test
  void theNextTaskRunsAfterAnError() {
    afterOneThat(new StackOverflowError());
  }

  @Test
  void whatFoundNoThreadRunsBeforeTheNextTask() {
    AtomicBoolean full = new AtomicBoolean(true);
    SerialExecutor onFew =
        new SerialExecutor(
            task -> {
              if (full.get()) {
                throw new InternalError("unable to create native thread");
              }
              shared.add(task);
            },
            faults::add);
    assertThatThrownBy(() -> onFew.execute(() -> done.add(1))).isInstanceOf(InternalError.class);
    full.set(false);
    onFew.execute(() -> done.add(2));
    runShared();
    assertThat(done).containsExactly(1, 2);
  }

  @Test
  void noTwoTasksRunTogetherOnManyThreads() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    SerialExecutor onMany = new SerialExecutor(threads, faults::add);
    // Not thread-safe on purpose: two tasks at once would lose one or change the order.
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      onMany.execute(() -> done.add(number));
    }
    onMany.execute(threads::shutdown);
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(done).hasSize(10_000).isSorted();
  }

  private void afterOneThat(Throwable thrown) {
    serial.execute(() -> SerialExecutorTest.<RuntimeException>sneak(thrown));
    serial.execute(() -> done.add(2));
    runShared();
    assertThat(done).containsExactly(2);
    assertThat(faults).containsExactly(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private void runShared() {
    while (!shared.isEmpty()) {
      shared.remove().run();
    }
  }
}
