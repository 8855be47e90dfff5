// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.stage.StageFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What has been on anybody's screen, and how old it was when it first was. */
final class Screens {
  private final Set<Long> shown = new HashSet<>();
  private final Map<Long, Long> ages = new HashMap<>();

  synchronized void show(long number, Instant since) {
    if (shown.add(number)) {
      ages.put(number, Duration.between(since, Instant.now()).toNanos());
      notifyAll();
    }
  }

  synchronized void await(Collection<Long> numbers, Duration within) throws InterruptedException {
    long until = System.nanoTime() + within.toNanos();
    while (!shown.containsAll(numbers)) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        long missing = numbers.stream().filter(number -> !shown.contains(number)).count();
        throw new StageFailure(
            missing + " of " + numbers.size() + " alarms were never on a screen");
      }
      wait(left);
    }
  }

  /** The ages since the last time. */
  synchronized void drain(Samples into) {
    ages.values().forEach(into::add);
    ages.clear();
  }
}
