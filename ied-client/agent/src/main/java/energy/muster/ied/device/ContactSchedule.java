// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** When a device that is not always connected calls in. */
public sealed interface ContactSchedule {
  /** The first contact after this instant. */
  Instant next(Instant after, ZoneId zone);

  /**
   * Again and again.
   *
   * @param interval 10 s to 24 h
   */
  record Every(Duration interval) implements ContactSchedule {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(24);

    public Every {
      if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("contact.every is PT10S to PT24H, not " + interval);
      }
    }

    @Override
    public Instant next(Instant after, ZoneId zone) {
      return after.plus(interval);
    }
  }

  /**
   * At certain times of each day.
   *
   * @param times 1 to 96 of them, in the site's zone
   */
  record At(List<LocalTime> times) implements ContactSchedule {
    private static final int MOST = 96;

    public At {
      times = times.stream().distinct().sorted().toList();
      if (times.isEmpty() || times.size() > MOST) {
        throw new IllegalArgumentException("contact.at names 1 to " + MOST + " times of the day");
      }
    }

    @Override
    public Instant next(Instant after, ZoneId zone) {
      LocalDate today = LocalDate.ofInstant(after, zone);
      // The day after tomorrow, because a time may not exist on the day the clocks go forward.
      return List.of(today, today.plusDays(1), today.plusDays(2)).stream()
          .flatMap(day -> times.stream().map(time -> day.atTime(time).atZone(zone).toInstant()))
          .filter(after::isBefore)
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }
}
