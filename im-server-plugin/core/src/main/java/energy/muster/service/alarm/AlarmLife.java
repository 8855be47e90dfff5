// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmState;
import java.util.Objects;
import java.util.Optional;

/**
 * How one alarm stands by ISA-18.2, from what is known of it. Immutable; each change is another
 * one.
 *
 * @param active whether the device says that it is so
 * @param latching whether it stays until a person resets it
 * @param owned whether somebody has taken it on
 * @param aside where it was put, if it is not to look for anybody
 * @param over whether nothing of it is left to do
 */
record AlarmLife(
    boolean active, boolean latching, boolean owned, Optional<AlarmState> aside, boolean over) {
  AlarmLife {
    Objects.requireNonNull(aside);
    if (aside.filter(state -> !state.aside()).isPresent()) {
      throw new IllegalArgumentException("nothing is put aside as " + aside.get());
    }
  }

  static AlarmLife raised(boolean latching) {
    return new AlarmLife(true, latching, false, Optional.empty(), false);
  }

  AlarmState state() {
    if (over) {
      return AlarmState.NORMAL;
    }
    if (aside.isPresent()) {
      return aside.get();
    }
    if (active) {
      return owned ? AlarmState.ACKNOWLEDGED : AlarmState.UNACKNOWLEDGED;
    }
    return latching ? AlarmState.LATCHED : AlarmState.RETURNED_UNACKNOWLEDGED;
  }

  /** Whether somebody is to be found for it. */
  boolean looks() {
    return !over && aside.isEmpty() && !owned;
  }

  /** It is so again; where it was put it stays. */
  AlarmLife onset() {
    return new AlarmLife(true, latching, owned, aside, false);
  }

  /**
   * It is no longer so. Somebody has taken note of it already who owns it or put it aside for now.
   *
   * @param staysAside whether its place aside holds beyond this occurrence
   */
  AlarmLife returned(boolean staysAside) {
    boolean ends = aside.isPresent() ? !staysAside : owned && !latching;
    return new AlarmLife(false, latching, owned, aside, ends);
  }

  AlarmLife acknowledged() {
    boolean ends = !active && !latching;
    return new AlarmLife(active, latching, true, Optional.empty(), ends);
  }

  /** Whoever owned it does not any more. */
  AlarmLife lapsed() {
    return new AlarmLife(active, latching, false, aside, over);
  }

  AlarmLife put(AlarmState where) {
    return new AlarmLife(active, latching, false, Optional.of(where), over);
  }

  /** Back from where it was put; what returned meanwhile is over. */
  AlarmLife back() {
    return new AlarmLife(active, latching, false, Optional.empty(), !active && !latching);
  }

  /** A person says that a latched alarm is over. */
  AlarmLife reset() {
    return new AlarmLife(active, latching, owned, aside, !active);
  }
}
