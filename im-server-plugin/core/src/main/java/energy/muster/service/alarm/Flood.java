// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether more alarms come to one person than can be read (ISA-18.2: more than 10 in 10 minutes,
 * until fewer than 5). Only for use at the desk.
 */
final class Flood {
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final int BEGINS_ABOVE = 10;
  private static final int ENDS_BELOW = 5;

  /** When each alarm was offered first, the oldest first. */
  private final Map<Long, Instant> offers = new LinkedHashMap<>();

  private OptionalLong first = OptionalLong.empty();

  /**
   * An alarm is offered to the person.
   *
   * @return the alarm with which the flood began that this one is part of
   */
  OptionalLong offered(long number, Instant now) {
    forget(now);
    offers.putIfAbsent(number, now);
    if (offers.size() > BEGINS_ABOVE && first.isEmpty()) {
      first = OptionalLong.of(offers.keySet().iterator().next());
    }
    return first.isPresent() && first.getAsLong() == number ? OptionalLong.empty() : first;
  }

  private void forget(Instant now) {
    Iterator<Instant> oldest = offers.values().iterator();
    while (oldest.hasNext() && !oldest.next().plus(WINDOW).isAfter(now)) {
      oldest.remove();
    }
    if (offers.size() < ENDS_BELOW) {
      first = OptionalLong.empty();
    }
  }
}
