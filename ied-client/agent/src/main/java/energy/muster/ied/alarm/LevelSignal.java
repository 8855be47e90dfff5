// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.Reading;
import energy.muster.alarm.Trigger;
import energy.muster.alarm.Trigger.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A quantity as it is. What is not measured any more neither begins an alarm nor ends one. */
final class LevelSignal implements Signal {
  private final Trigger.Level trigger;
  private Optional<BigDecimal> value = Optional.empty();

  LevelSignal(Trigger.Level trigger) {
    this.trigger = trigger;
  }

  @Override
  public void take(Sample sample, Instant at) {
    value = Optional.ofNullable(sample.quantities().get(trigger.quantity()));
  }

  @Override
  public boolean met(boolean active) {
    return value.map(measured -> trigger.met(measured, active)).orElse(active);
  }

  @Override
  public Optional<BigDecimal> value() {
    return value;
  }

  @Override
  public Side side() {
    return trigger.side();
  }

  @Override
  public Optional<Reading> reading(Optional<BigDecimal> worst) {
    return value
        .or(() -> worst)
        .map(
            measured ->
                new Reading(
                    trigger.quantity(), measured, trigger.limit(), worst.orElse(measured), false));
  }
}
