// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WorkersTest {
  @Test
  void whatIsBegunIsFinishedBeforeAnythingBeginsAndEachInTheOrderItCame() throws Exception {
    ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, Workers.queue());
    Workers workers = Workers.over(one);
    CountDownLatch gate = new CountDownLatch(1);
    List<String> done = new ArrayList<>();
    workers.begin().execute(() -> await(gate));
    workers.begin().execute(() -> done.add("first check"));
    workers.begin().execute(() -> done.add("second check"));
    workers.finish().execute(() -> done.add("decision"));
    workers.finish().execute(() -> done.add("answer"));
    gate.countDown();
    one.shutdown();
    assertThat(one.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(done).containsExactly("decision", "answer", "first check", "second check");
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
