// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What happened within the last while. What happened at a time that is yet to come, because the
 * clock was set back since, counts as happening now: nothing counts for more than twice the while.
 */
public final class Lately<T> {
  private final Duration length;
  private final List<Happening<T>> all = new ArrayList<>();

  private record Happening<T>(Instant at, T what) {}

  public Lately(Duration length) {
    this.length = length;
  }

  public void add(T what, Instant now) {
    all.add(new Happening<>(now, what));
  }

  /** Oldest first. */
  public List<T> all(Instant now) {
    forget(now);
    return all.stream().map(Happening::what).toList();
  }

  /** When the oldest of it counts no more, if there is any. */
  public Optional<Instant> next(Instant now) {
    forget(now);
    return all.stream()
        .map(Happening::at)
        .min(Comparator.naturalOrder())
        .map(oldest -> oldest.plus(length));
  }

  private void forget(Instant now) {
    all.replaceAll(each -> each.at().isAfter(now) ? new Happening<>(now, each.what()) : each);
    all.removeIf(each -> !each.at().plus(length).isAfter(now));
  }
}
