// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much one address gets: a storm of alarms must not make a mailbox useless, or a provider call
 * the sender a spammer. What has to wait goes when there is room, the most urgent first.
 */
final class Postage {
  static final int MOST = 20;
  static final Duration WINDOW = Duration.ofMinutes(10);

  private final Map<String, Deque<Instant>> lately = new HashMap<>();

  /** When there is room for one more; empty if there is now. */
  Optional<Instant> room(String to, Instant now) {
    Deque<Instant> times = lately.getOrDefault(to, new ArrayDeque<>());
    Instant gone = now.minus(WINDOW);
    while (!times.isEmpty() && !times.peekFirst().isAfter(gone)) {
      times.removeFirst();
    }
    if (times.isEmpty()) {
      lately.remove(to);
    }
    return times.size() < MOST ? Optional.empty() : Optional.of(times.peekFirst().plus(WINDOW));
  }

  void spend(String to, Instant now) {
    lately.computeIfAbsent(to, address -> new ArrayDeque<>()).addLast(now);
  }
}
