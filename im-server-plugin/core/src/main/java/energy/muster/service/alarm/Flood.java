// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Whether more alarms come to one person than can be read (ISA-18.2: more than 10 in 10 minutes,
 * until fewer than 5). Only for use at the desk.
 */
final class Flood {
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final int BEGINS_ABOVE = 10;
  private static final int ENDS_BELOW = 5;

  private final Deque<Offer> offers = new ArrayDeque<>();
  private OptionalLong first = OptionalLong.empty();

  private record Offer(long number, Instant at) {}

  /**
   * An alarm is offered to the person.
   *
   * @return the alarm with which the flood began that this one is part of
   */
  OptionalLong offered(long number, Instant now) {
    forget(now);
    if (offers.stream().noneMatch(known -> known.number() == number)) {
      offers.add(new Offer(number, now));
    }
    if (offers.size() > BEGINS_ABOVE && first.isEmpty()) {
      first = OptionalLong.of(offers.peek().number());
    }
    return first.isPresent() && first.getAsLong() == number ? OptionalLong.empty() : first;
  }

  private void forget(Instant now) {
    while (!offers.isEmpty() && !offers.peek().at().plus(WINDOW).isAfter(now)) {
      offers.remove();
    }
    if (offers.size() < ENDS_BELOW) {
      first = OptionalLong.empty();
    }
  }
}
