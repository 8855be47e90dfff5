// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import java.time.Duration;

/**
 * One fault of the harness.
 *
 * @param victim a station, the operator, or empty where there is only one
 * @param at from the beginning of the round
 */
record Strike(Kind kind, String victim, Duration at, Duration lasts) {
  @Override
  public String toString() {
    return kind + (victim.isEmpty() ? "" : " " + victim) + " for " + lasts.toMillis() + " ms";
  }

  /** What can strike, and how often beside the others; what has no weight comes when it must. */
  enum Kind {
    KILL_SERVER(3),
    FREEZE_SERVER(1),
    KILL_DEVICE(4),
    FREEZE_DEVICE(3),
    CUT_LINE(2),
    DROP_LINE(2),
    HOLD_TO_SERVER(2),
    HOLD_FROM_SERVER(2),
    DELAY_LINE(2),
    DROP_ALL_LINES(1),
    STALL_DISK(3),
    FILL_DISK(1),
    STALL_SERVER_DISK(2),
    FILL_SERVER_DISK(2),
    OLD_JOURNAL(0);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    int weight() {
      return weight;
    }

    boolean ofLine() {
      return switch (this) {
        case CUT_LINE, DROP_LINE, HOLD_TO_SERVER, HOLD_FROM_SERVER, DELAY_LINE -> true;
        default -> false;
      };
    }

    boolean ofDisk() {
      return switch (this) {
        case STALL_DISK, FILL_DISK, STALL_SERVER_DISK, FILL_SERVER_DISK -> true;
        default -> false;
      };
    }

    /** Whether it can leave it open what became of an order. */
    boolean leavesInDoubt() {
      return ofDevice() || this == HOLD_TO_SERVER || this == CUT_LINE;
    }

    boolean endsConnection() {
      return this == KILL_DEVICE || this == CUT_LINE;
    }

    boolean ofDevice() {
      return this == KILL_DEVICE || this == FREEZE_DEVICE;
    }
  }
}
