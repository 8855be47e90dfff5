// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as it is said to people: to the second, with the date unless it is today. */
final class SpokenTime {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter ANOTHER_DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private SpokenTime() {}

  static String of(Instant time, Instant now, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    boolean today = local.toLocalDate().equals(LocalDateTime.ofInstant(now, zone).toLocalDate());
    return (today ? TODAY : ANOTHER_DAY).format(local);
  }
}
