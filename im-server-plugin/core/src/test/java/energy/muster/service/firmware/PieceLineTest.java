// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PieceLineTest {
  private static final int DEVICES = 20;
  private static final int PIECES = 50;

  private final Deque<Runnable> spare = new ArrayDeque<>();
  private final PieceLine line = new PieceLine(bytes -> Duration.ZERO, spare::add);
  private final List<String> served = new ArrayList<>();

  private void asks(String device, int index) {
    assertThat(line.offer(index, () -> served.add(device))).isTrue();
  }

  private void work() {
    while (!spare.isEmpty()) {
      spare.remove().run();
    }
  }

  @Test
  void oneIsServedAtATime() {
    asks("a", 0);
    asks("b", 0);

    assertThat(spare).hasSize(1);
    spare.remove().run();
    assertThat(served).containsExactly("a");
    assertThat(spare).hasSize(1);
  }

  @Test
  void inTurnWhoHasWaitedLongestAndWhoHasComeFurthest() {
    asks("first", 1);
    asks("second", 2);
    asks("third", 3);
    asks("far", 9);
    work();

    assertThat(served).containsExactly("first", "far", "second", "third");
  }

  @Test
  void afterAllWereServedTheNextIsServedAgain() {
    asks("a", 0);
    work();
    asks("b", 0);
    work();

    assertThat(served).containsExactly("a", "b");
  }

  @Test
  void oneThatFailsHoldsNobodyUp() {
    asks("a", 0);
    assertThat(
            line.offer(
                5,
                () -> {
                  throw new IllegalStateException("no disk");
                }))
        .isTrue();
    asks("b", 1);
    while (!spare.isEmpty()) {
      try {
        spare.remove().run();
      } catch (IllegalStateException e) {
        served.add(e.getMessage());
      }
    }

    assertThat(served).containsExactly("a", "no disk", "b");
  }

  @Test
  void tooManyAreTurnedAway() {
    for (int i = 0; i < PieceLine.MOST; i++) {
      asks("one of them", i);
    }

    assertThat(line.offer(0, () -> served.add("too many"))).isFalse();
    work();
    assertThat(served).hasSize(PieceLine.MOST).doesNotContain("too many");
  }

  /** Each asks for its next piece as soon as it has the one before. */
  @Test
  void notAllOfThemEndAtOnceAndNobodyStarves() {
    List<Integer> ends = new ArrayList<>();
    int[] last = new int[DEVICES];
    int[] longest = {0};
    for (int device = 0; device < DEVICES; device++) {
      fetch(device, 0, ends, last, longest);
    }
    work();

    assertThat(ends).hasSize(DEVICES);
    assertThat(ends.get(0)).isLessThan(4 * PIECES);
    assertThat(ends.get(DEVICES / 2)).isLessThan(DEVICES * PIECES * 9 / 10);
    assertThat(longest[0]).isLessThanOrEqualTo(2 * DEVICES);
  }

  private void fetch(int device, int piece, List<Integer> ends, int[] last, int[] longest) {
    line.offer(
        piece,
        () -> {
          served.add("");
          longest[0] = Math.max(longest[0], served.size() - last[device]);
          last[device] = served.size();
          if (piece + 1 < PIECES) {
            fetch(device, piece + 1, ends, last, longest);
          } else {
            ends.add(served.size());
          }
        });
  }

  @Test
  void manyThreadsAskAndEachIsServedOnce() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Executor one = Executors.newSingleThreadExecutor(run -> new Thread(run, "spare"));
      PieceLine shared = new PieceLine(bytes -> Duration.ofNanos(1), one);
      CountDownLatch all = new CountDownLatch(PieceLine.MOST);
      for (int i = 0; i < PieceLine.MOST; i++) {
        int index = i;
        threads.execute(() -> shared.offer(index, all::countDown));
      }

      assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
      ((ExecutorService) one).shutdown();
    } finally {
      threads.shutdown();
    }
  }
}
