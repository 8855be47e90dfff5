// SPDX-License-Identifier: Apache-2.0
package energy.muster.exchange;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far somebody who keeps a copy of a class of data has come. It takes change sets in their
 * order, each once, and knows what it lacks. It does not change: each change set gives the next.
 *
 * @param flags it wants those with one of these; all where it is empty
 * @param upTo the number of the last one it took or passed over; 0 at first
 * @param until when that one's period ended; empty at first
 */
public record Destination(
    ChangeSet.DataClass dataClass, List<String> flags, long upTo, Optional<Instant> until) {

  /**
   * What became of a change set.
   *
   * @param wanted whether its records are to be applied
   */
  public record Taken(Destination next, boolean wanted) {}

  public Destination {
    Objects.requireNonNull(dataClass);
    Objects.requireNonNull(until);
    flags = flags.stream().distinct().sorted().toList();
    flags.forEach(ChangeSet::requireFlag);
    if (upTo < 0) {
      throw new IllegalArgumentException("the number of the last change set is not negative");
    }
  }

  /**
   * Takes the next; one that it has is not wanted again.
   *
   * @throws Refused {@code precondition} when some before it lack, naming them, or it does not
   *     begin where the last ended; {@code wrong-target} when it is of another class
   */
  public Taken take(ChangeSet set) {
    if (set.dataClass() != dataClass) {
      throw new Refused(
          Refusal.of(Reason.WRONG_TARGET, "%s, not %s", set.dataClass().wire(), dataClass.wire()));
    }
    if (set.number() <= upTo) {
      return new Taken(this, false);
    }
    if (set.number() > upTo + 1) {
      throw new Refused(
          Refusal.of(
              Reason.PRECONDITION,
              "%s: change sets %d to %d lack",
              dataClass.wire(),
              upTo + 1,
              set.number() - 1));
    }
    if (until.isPresent() && !until.get().equals(set.from())) {
      throw new Refused(
          Refusal.of(
              Reason.PRECONDITION,
              "%s: change set %d begins at %s, and the one before ended at %s",
              dataClass.wire(),
              set.number(),
              set.from(),
              until.get()));
    }
    return new Taken(
        new Destination(dataClass, flags, set.number(), Optional.of(set.until())), wants(set));
  }

  /** Whether its records are to be applied. */
  public boolean wants(ChangeSet set) {
    return flags.isEmpty() || set.flags().stream().anyMatch(flags::contains);
  }
}
