// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.Readings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A bill as somebody reckons it who knows nothing of how Muster does: it looks at the clock in
 * every minute, puts every watt-hour into its tier one by one, and adds up.
 */
final class NaiveBill {
  private final SampleTariff tariff;
  private final ZoneId zone;
  private final Readings readings;

  private final Map<String, Long> wh = new TreeMap<>();
  private final Map<String, Long> counted = new HashMap<>();
  private final Map<String, Map<String, Long>> windows = new HashMap<>();
  private final Map<LocalDate, LocalDate> monthOfDay = new HashMap<>();
  private final Map<LocalDate, Set<LocalDate>> daysOfMonth = new TreeMap<>();
  private BigDecimal total = BigDecimal.ZERO;

  private NaiveBill(SampleTariff tariff, Readings readings) {
    this.tariff = tariff;
    this.zone = tariff.zone();
    this.readings = readings;
  }

  static BigDecimal total(SampleTariff tariff, LocalDate from, LocalDate until, Readings readings) {
    NaiveBill bill = new NaiveBill(tariff, readings);
    bill.lookAtEveryMinute(from, until);
    bill.addUp();
    return bill.total;
  }

  private void lookAtEveryMinute(LocalDate from, LocalDate until) {
    Instant end = until.atStartOfDay(zone).toInstant();
    for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
      daysOfMonth.computeIfAbsent(monthOf(day), month -> new HashSet<>()).add(day);
    }
    for (Instant at = from.atStartOfDay(zone).toInstant();
        at.isBefore(end);
        at = at.plus(1, ChronoUnit.MINUTES)) {
      if (readings.indexAt(at).isPresent()) {
        lookAt(at, readings.indexAt(at).get());
      }
    }
  }

  private LocalDate monthOf(LocalDate day) {
    return monthOfDay.computeIfAbsent(day, this::searchMonth);
  }

  private LocalDate searchMonth(LocalDate day) {
    LocalDate month = day;
    while (month.getDayOfMonth() != tariff.billingDay()) {
      month = month.minusDays(1);
    }
    return month;
  }

  private void lookAt(Instant at, int interval) {
    ZonedDateTime wall = at.atZone(zone);
    LocalDate day = wall.toLocalDate();
    String season = summer(day) ? "summer" : "winter";
    boolean free =
        wall.getDayOfWeek() == DayOfWeek.SUNDAY
            || (wall.getMonthValue() == 12 && wall.getDayOfMonth() == 25)
            || (wall.getMonthValue() == 2 && wall.getDayOfMonth() == 29);
    int minute = wall.getHour() * 60 + wall.getMinute();
    boolean peak = !free && minute >= tariff.peakFrom() && minute < tariff.peakUntil();
    long used = inThisMinute(at, interval, readings.importWh(interval));
    String month = monthOf(day) + " ";
    add(month + "supply " + season + (peak ? " peak" : " rest"), used);
    add(month + "feed", inThisMinute(at, interval, readings.exportWh(interval)));
    String rate = season.equals("winter") ? "winter" : peak ? "summer-peak" : "summer-rest";
    String counter =
        month
            + (tariff.together() ? season : rate)
            + (tariff.per().equals("day") ? day.toString() : "");
    long end = endOfTier(rate, monthOf(day));
    for (long i = 0; i < used; i++) {
      long before = counted.merge(counter, 1L, Long::sum) - 1;
      add(month + "tiered " + rate + (before < end ? " 1" : " 2"), 1);
    }
    LocalDateTime window =
        wall.toLocalDateTime()
            .truncatedTo(ChronoUnit.HOURS)
            .plusMinutes(wall.getMinute() / tariff.window() * (long) tariff.window());
    // Whoever begins in the peak is billed in it.
    String peakOrNot = !free && startsInPeak(window, wall.getOffset()) ? " peak" : "";
    windows
        .computeIfAbsent(month, key -> new HashMap<>())
        .merge(window + " " + wall.getOffset() + peakOrNot, used, Long::sum);
  }

  /** A clock that was set may never have shown the minute that a window begins with. */
  private boolean startsInPeak(LocalDateTime window, ZoneOffset offset) {
    LocalDateTime first = window;
    while (!zone.getRules().isValidOffset(first, offset)) {
      first = first.plusMinutes(1);
    }
    int minute = first.getHour() * 60 + first.getMinute();
    return minute >= tariff.peakFrom() && minute < tariff.peakUntil();
  }

  private static boolean summer(LocalDate day) {
    return day.getMonthValue() >= 4 && day.getMonthValue() <= 9;
  }

  private void add(String key, long some) {
    wh.merge(key, some, Long::sum);
  }

  private long inThisMinute(Instant at, int interval, long energy) {
    BigDecimal minutes = BigDecimal.valueOf(readings.step().toMinutes());
    long passed = ChronoUnit.MINUTES.between(readings.startOf(interval), at);
    BigDecimal before =
        BigDecimal.valueOf(energy * passed).divide(minutes, 0, RoundingMode.HALF_UP);
    BigDecimal after =
        BigDecimal.valueOf(energy * (passed + 1)).divide(minutes, 0, RoundingMode.HALF_UP);
    return after.subtract(before).longValueExact();
  }

  private long endOfTier(String rate, LocalDate month) {
    long inSeason =
        daysOfMonth.get(month).stream()
            .filter(day -> rate.startsWith(summer(day) ? "summer" : "winter"))
            .count();
    BigDecimal end = tariff.tierEnd(rate).multiply(BigDecimal.valueOf(1000));
    return switch (tariff.per()) {
      case "day" -> end.longValueExact();
      case "daily-allowance" -> end.multiply(BigDecimal.valueOf(inSeason)).longValueExact();
      default ->
          end.multiply(BigDecimal.valueOf(inSeason))
              .divide(BigDecimal.valueOf(lengthOf(month)), 0, RoundingMode.HALF_UP)
              .longValueExact();
    };
  }

  private static long lengthOf(LocalDate month) {
    return ChronoUnit.DAYS.between(month, month.plusMonths(1));
  }

  private void addUp() {
    for (LocalDate month : daysOfMonth.keySet()) {
      long days = daysOfMonth.get(month).size();
      UnaryOperator<BigDecimal> share =
          amount ->
              amount
                  .multiply(BigDecimal.valueOf(days))
                  .divide(BigDecimal.valueOf(lengthOf(month)), 30, RoundingMode.HALF_UP);
      List<BigDecimal> lines = new ArrayList<>();
      lines.add(tariff.perDay().multiply(BigDecimal.valueOf(days)));
      lines.add(share.apply(tariff.perMonth()));
      wh.forEach(
          (key, some) -> {
            if (key.startsWith(month + " ")) {
              String charge = key.substring(key.indexOf(' ') + 1);
              lines.add(tariff.price(charge).multiply(BigDecimal.valueOf(some).movePointLeft(3)));
            }
          });
      long most =
          windows.getOrDefault(month + " ", Map.of()).entrySet().stream()
              .filter(window -> window.getKey().endsWith(" peak"))
              .mapToLong(Map.Entry::getValue)
              .max()
              .orElse(0);
      lines.add(
          share.apply(
              BigDecimal.valueOf(most * (60 / tariff.window()))
                  .movePointLeft(3)
                  .multiply(tariff.perKilowatt())));
      BigDecimal sum = BigDecimal.ZERO;
      for (BigDecimal line : lines) {
        sum = sum.add(cents(line));
      }
      BigDecimal taxed = sum.add(cents(sum.multiply(tariff.tax())));
      total = total.add(taxed);
    }
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }
}
