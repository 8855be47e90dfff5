// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.Quality;
import energy.muster.metering.Readings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds what a bill rests on that was not simply measured; what was never read is missing. */
final class Doubts {
  private Doubts() {}

  static List<Doubt> of(Readings readings, Instant from, Instant until) {
    List<Doubt> doubts = new ArrayList<>();
    Instant first = later(readings.start(), from);
    Instant last = earlier(readings.end(), until);
    if (readings.size() == 0 || !first.isBefore(last)) {
      doubts.add(lacking(readings, from, until));
      return doubts;
    }
    if (from.isBefore(first)) {
      doubts.add(lacking(readings, from, first));
    }
    for (Quality quality : Quality.values()) {
      find(readings, quality, first, last, doubts);
    }
    if (last.isBefore(until)) {
      doubts.add(lacking(readings, last, until));
    }
    return doubts;
  }

  private static Doubt lacking(Readings readings, Instant from, Instant until) {
    long seconds = Duration.between(from, until).toSeconds();
    long step = readings.step().toSeconds();
    return new Doubt(Quality.MISSING, from, until, Math.toIntExact((seconds + step - 1) / step));
  }

  private static void find(
      Readings readings, Quality quality, Instant first, Instant last, List<Doubt> doubts) {
    int begin = readings.indexAt(first).orElseThrow();
    int end = readings.indexAt(last.minusSeconds(1)).orElseThrow() + 1;
    int run = 0;
    for (int i = begin; i <= end; i++) {
      if (i < end && readings.is(i, quality)) {
        run++;
      } else if (run > 0) {
        doubts.add(new Doubt(quality, readings.startOf(i - run), readings.startOf(i), run));
        run = 0;
      }
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
