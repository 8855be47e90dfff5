// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.alarm;

import energy.muster.alarm.Trigger;
import java.time.Instant;

/** Something that is no quantity, and is so or is not. */
final class NoticedSignal implements Signal {
  private final Trigger.Noticed trigger;
  private boolean so;

  NoticedSignal(Trigger.Noticed trigger) {
    this.trigger = trigger;
  }

  @Override
  public void take(Sample sample, Instant at) {
    so = sample.happenings().contains(trigger.event());
  }

  @Override
  public boolean met(boolean active) {
    return so;
  }
}
