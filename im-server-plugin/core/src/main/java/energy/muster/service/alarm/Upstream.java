// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a branch is dead, so that one alarm says so instead of one a device. Either something in
 * it that others hang on says that it has opened or lost its supply, or most of its devices are
 * gone.
 */
final class Upstream {
  private static final int LEAST = 3;

  private Upstream() {}

  /**
   * An open alarm of one device of the branch about its supply or its silence.
   *
   * @param cause whether other devices hang on this one
   */
  record Loss(long number, BareJid device, Instant since, boolean cause) {
    Loss {
      Objects.requireNonNull(device);
      Objects.requireNonNull(since);
    }
  }

  /**
   * What is to be.
   *
   * @param cause an alarm that explains all others
   * @param dead whether the branch is without supply and no single alarm explains it
   */
  record Verdict(OptionalLong cause, boolean dead) {
    static final Verdict ALIVE = new Verdict(OptionalLong.empty(), false);
  }

  /**
   * @param devices how many the branch has
   * @param losses the alarms that stand now, at most one or two a device
   * @param dead whether it counted as dead until now
   */
  static Verdict judge(int devices, Collection<Loss> losses, boolean dead) {
    Optional<Loss> cause =
        losses.stream().filter(Loss::cause).min(Comparator.comparing(Loss::since));
    if (cause.isPresent()) {
      return new Verdict(OptionalLong.of(cause.get().number()), false);
    }
    long gone = losses.stream().map(Loss::device).distinct().count();
    boolean most = dead ? gone > 0 && 4 * gone >= devices : gone >= LEAST && 2 * gone >= devices;
    return most ? new Verdict(OptionalLong.empty(), true) : Verdict.ALIVE;
  }

  /** Whether a branch is large enough that one device's loss may be all of it. */
  static boolean canDie(int devices) {
    return devices >= LEAST;
  }

  /** The device that was gone first. */
  static BareJid first(List<Loss> losses) {
    return losses.stream().min(Comparator.comparing(Loss::since)).orElseThrow().device();
  }
}
