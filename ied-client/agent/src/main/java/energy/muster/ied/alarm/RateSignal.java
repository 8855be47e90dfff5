// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.Reading;
import energy.muster.alarm.Trigger;
import energy.muster.alarm.Trigger.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * How much a quantity has changed in the last while, as a rate a minute. Before the first sample it
 * counts as unchanged.
 */
final class RateSignal implements Signal {
  private static final BigDecimal MINUTE_MILLIS =
      BigDecimal.valueOf(Duration.ofMinutes(1).toMillis());
  private static final int SCALE = 3;

  /** A device measures four times a second at the most, a rate is taken over an hour. */
  private static final int MOST = 4 * 3600;

  private final Trigger.Rate trigger;

  /** The first is what was measured when the while began. */
  private final Deque<Point> points = new ArrayDeque<>();

  private record Point(Instant at, BigDecimal value) {}

  RateSignal(Trigger.Rate trigger) {
    this.trigger = trigger;
  }

  @Override
  public void take(Sample sample, Instant at) {
    BigDecimal measured = sample.quantities().get(trigger.quantity());
    if (measured == null) {
      // What it was before a gap says nothing about how fast it changed.
      points.clear();
    } else if (points.isEmpty() || points.getLast().value().compareTo(measured) != 0) {
      points.add(new Point(at, measured));
      if (points.size() > MOST) {
        points.removeFirst();
      }
    }
  }

  @Override
  public void pass(Instant at) {
    while (second().filter(next -> !next.at().plus(trigger.over()).isAfter(at)).isPresent()) {
      points.removeFirst();
    }
  }

  @Override
  public Optional<Instant> next() {
    return second().map(next -> next.at().plus(trigger.over()));
  }

  private Optional<Point> second() {
    Iterator<Point> all = points.iterator();
    if (points.size() < 2) {
      return Optional.empty();
    }
    all.next();
    return Optional.of(all.next());
  }

  @Override
  public boolean met(boolean active) {
    return value().map(rate -> trigger.side().beyond(rate, trigger.limit())).orElse(active);
  }

  @Override
  public Optional<BigDecimal> value() {
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(
            points
                .getLast()
                .value()
                .subtract(points.getFirst().value())
                .multiply(MINUTE_MILLIS)
                .divide(
                    BigDecimal.valueOf(trigger.over().toMillis()), SCALE, RoundingMode.HALF_UP));
  }

  @Override
  public Side side() {
    return trigger.side();
  }

  @Override
  public Optional<Reading> reading(Optional<BigDecimal> worst) {
    return value()
        .or(() -> worst)
        .map(
            rate ->
                new Reading(trigger.quantity(), rate, trigger.limit(), worst.orElse(rate), true));
  }
}
