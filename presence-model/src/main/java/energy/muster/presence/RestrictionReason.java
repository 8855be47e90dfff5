// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import energy.muster.refusal.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a device that is there does not do everything it could. */
public enum RestrictionReason {
  CRITICAL_PROCESS,
  INTERLOCKED,
  UPGRADING,
  LOCAL_CONTROL,
  MAINTENANCE,
  INSTRUCTED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The reason with which a device under this restriction refuses what it does not allow. */
  public Reason refusal() {
    return switch (this) {
      case CRITICAL_PROCESS -> Reason.CRITICAL_PROCESS;
      case INTERLOCKED -> Reason.INTERLOCKED;
      case UPGRADING -> Reason.BUSY;
      case LOCAL_CONTROL, MAINTENANCE, INSTRUCTED -> Reason.LOCAL_CONTROL;
    };
  }

  public static Optional<RestrictionReason> ofWire(String wire) {
    return Arrays.stream(values()).filter(reason -> reason.wire().equals(wire)).findFirst();
  }
}
