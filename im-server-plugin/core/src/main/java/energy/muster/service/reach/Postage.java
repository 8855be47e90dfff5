// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reach;

import energy.muster.service.desk.Lately;
import java.time.Duration;
import java.time.Instant;
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

  private final Map<String, Lately<Instant>> lately = new HashMap<>();

  /** When there is room for one more; empty if there is now. */
  Optional<Instant> room(String to, Instant now) {
    Lately<Instant> sent = lately.getOrDefault(to, new Lately<>(WINDOW));
    int count = sent.all(now).size();
    if (count == 0) {
      lately.remove(to);
    }
    return count < MOST ? Optional.empty() : sent.next(now);
  }

  void spend(String to, Instant now) {
    lately.computeIfAbsent(to, address -> new Lately<>(WINDOW)).add(now, now);
  }
}
