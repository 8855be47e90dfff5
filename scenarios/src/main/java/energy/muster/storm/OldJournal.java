// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the copy of a device's journal is to be taken, to come back, or to be left alone. */
final class OldJournal {
  private final String device;
  private Optional<Instant> taken = Optional.empty();
  private boolean back;

  /** What can be done about the copy while the device does not run. */
  enum Step {
    TAKE,
    BRING_BACK,
    NOTHING
  }

  OldJournal(String device) {
    this.device = device;
  }

  /** The first time the copy is taken; once the journal has gone on, it is brought back. */
  Step next(List<Fact> history) {
    if (taken.isEmpty()) {
      return Step.TAKE;
    }
    return back || isCurrent(history) ? Step.NOTHING : Step.BRING_BACK;
  }

  void taken(Instant at) {
    taken = Optional.of(at);
  }

  void broughtBack() {
    back = true;
  }

  /**
   * Whether the copy waits to come back and nothing would be lost by it yet: a start alone is the
   * same from the copy as from the journal.
   */
  boolean isCurrent(List<Fact> history) {
    return taken.isPresent() && !back && history.stream().noneMatch(this::answeredSince);
  }

  private boolean answeredSince(Fact fact) {
    return fact instanceof Fact.Told told
        && told.device().equals(device)
        && taken.filter(told.at()::isAfter).isPresent();
  }
}
