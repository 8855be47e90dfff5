// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import java.time.Duration;
import java.util.Optional;

/**
 * When an order is for.
 *
 * @param at when to act: {@code at 12:00}; without it, at once
 * @param by how long it may wait, on its way and on the device: {@code by 14:00}, {@code within 10
 *     min}
 * @param deliverWithin how long it may be on its way: {@code deliver within 10 min}
 * @param executeWithin how long until it must have begun: {@code execute within 30 min}
 */
public record Window(
    Optional<Moment> at,
    Optional<Moment> by,
    Optional<Duration> deliverWithin,
    Optional<Duration> executeWithin) {
  public static final Window NONE =
      new Window(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Delivered and begun within this. */
  public static Window within(Duration duration) {
    return new Window(
        Optional.empty(),
        Optional.of(new Moment.After(duration)),
        Optional.empty(),
        Optional.empty());
  }
}
