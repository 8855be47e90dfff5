// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.service.journal.AlarmsRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often one rule of one device has begun lately. Immutable.
 *
 * @param onsets within the time that counts, the oldest first
 */
record Folding(List<Instant> onsets) {
  static final Folding NEVER = new Folding(List.of());
  static final Duration WINDOW = AlarmsRecord.SHORT;

  private static final int MOST = 5;

  Folding {
    onsets = List.copyOf(onsets);
  }

  Folding onset(Instant now) {
    return new Folding(
        Stream.concat(recent(now), Stream.of(now)).skip(Math.max(0, count(now) - MOST)).toList());
  }

  /** Whether it comes too often to be told of each time. */
  boolean chattering(Instant now) {
    return count(now) > MOST;
  }

  /** When it is forgotten, if nothing happens. */
  Instant quiet() {
    return onsets.isEmpty() ? Instant.MIN : onsets.get(onsets.size() - 1).plus(WINDOW);
  }

  private int count(Instant now) {
    return (int) recent(now).count();
  }

  private Stream<Instant> recent(Instant now) {
    // One that is yet to come was before the clock was set back.
    return onsets.stream().filter(onset -> !onset.isAfter(now) && onset.plus(WINDOW).isAfter(now));
  }
}
