// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmReport;
import energy.muster.alarm.AlarmReport.Delay;
import energy.muster.alarm.AlarmReport.Operator;
import energy.muster.alarm.AlarmReport.Standing;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.identity.BareJid;
import energy.muster.service.journal.AlarmArchive.Past;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up what happened to alarms into what people manage by. */
final class Figures {
  private static final int TOP = 10;
  private static final int FLOOD = 10;

  private final Map<Long, Instant> raised = new HashMap<>();
  private final Set<Long> taken = new HashSet<>();
  private final List<Long> delays = new ArrayList<>();
  private final Map<BareJid, Load> operators = new TreeMap<>();
  private final Map<Point, Long> counts = new HashMap<>();
  private final Map<Point, BareJid> devices = new HashMap<>();
  private final Set<Point> chattering = new HashSet<>();
  private long began;
  private long lapsed;
  private long nobody;
  private long sentOut;

  /** What came to one person. */
  private static final class Load {
    private final Deque<Instant> recent = new ArrayDeque<>();
    private final Set<Long> known = new HashSet<>();
    private long offered;
    private long acknowledged;
    private int most;
    private long floods;

    void offered(long number, Instant at) {
      if (!known.add(number)) {
        return;
      }
      while (!recent.isEmpty() && !recent.peek().plus(Flood.WINDOW).isAfter(at)) {
        recent.remove();
      }
      boolean before = recent.size() > FLOOD;
      recent.add(at);
      offered++;
      most = Math.max(most, recent.size());
      floods += recent.size() > FLOOD && !before ? 1 : 0;
    }
  }

  private Figures() {}

  static AlarmReport of(Instant since, Instant until, List<Past> past, List<Standing> stale) {
    Figures figures = new Figures();
    past.forEach(figures::add);
    return figures.report(since, until, stale);
  }

  private void add(Past past) {
    AlarmTransition what = past.transition();
    Point point = Point.of(past.branch(), past.device(), past.rule());
    devices.put(point, past.device());
    switch (what.kind()) {
      case RAISED -> {
        began++;
        raised.put(past.number(), what.at());
        counts.merge(point, 1L, Long::sum);
      }
      case FOLDED -> counts.merge(point, 1L, Long::sum);
      case CHATTERING -> chattering.add(point);
      case LAPSED -> lapsed++;
      case NOBODY -> nobody++;
      case SENT_OUT -> sentOut++;
      case OFFERED -> load(what).offered(past.number(), what.at());
      case ACKNOWLEDGED -> acknowledged(past.number(), what);
      default -> {
        // The rest is history, and no measure of what alarms ask of people.
      }
    }
  }

  private Load load(AlarmTransition what) {
    return operators.computeIfAbsent(what.by().orElseThrow(), any -> new Load());
  }

  private void acknowledged(long number, AlarmTransition what) {
    if (what.kind() == Kind.ACKNOWLEDGED && taken.add(number)) {
      load(what).acknowledged++;
      if (raised.containsKey(number)) {
        delays.add(Duration.between(raised.get(number), what.at()).toMillis());
      }
    }
  }

  private AlarmReport report(Instant since, Instant until, List<Standing> stale) {
    Collections.sort(delays);
    List<AlarmReport.Point> points =
        counts.entrySet().stream()
            .map(
                each ->
                    new AlarmReport.Point(
                        devices.get(each.getKey()), each.getKey().rule(), each.getValue()))
            .sorted(
                Comparator.comparingLong(AlarmReport.Point::count)
                    .reversed()
                    .thenComparing(AlarmReport.Point::device)
                    .thenComparing(AlarmReport.Point::rule))
            .toList();
    return new AlarmReport(
        since,
        until,
        began,
        taken.size(),
        new Delay(quantile(50), quantile(95), quantile(100)),
        lapsed,
        nobody,
        sentOut,
        operators.entrySet().stream()
            .map(each -> operator(each.getKey(), each.getValue(), since, until))
            .toList(),
        stale,
        points.stream()
            .filter(point -> chattering.contains(Point.of(point.device(), point.rule())))
            .toList(),
        points.stream().limit(TOP).toList());
  }

  private static Operator operator(BareJid person, Load load, Instant since, Instant until) {
    BigDecimal windows =
        BigDecimal.valueOf(Math.max(1, Duration.between(since, until).toMillis()))
            .divide(BigDecimal.valueOf(Flood.WINDOW.toMillis()), 9, RoundingMode.HALF_UP)
            .max(BigDecimal.ONE);
    return new Operator(
        person,
        load.offered,
        load.acknowledged,
        BigDecimal.valueOf(load.offered).divide(windows, 2, RoundingMode.HALF_UP),
        load.most,
        load.floods);
  }

  /** Nearest rank. */
  private long quantile(int percent) {
    return delays.isEmpty() ? 0 : delays.get(Math.max(0, (delays.size() * percent + 99) / 100 - 1));
  }
}
