// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Verb;
import energy.muster.firmware.DeviceFirmware;
import energy.muster.firmware.UpdateProgress;
import energy.muster.firmware.UpdateState;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a device shows of its firmware, and which orders it does not take because of it. Used by one
 * thread at a time.
 */
final class FirmwareSign {
  private static final Set<Verb> ALL_BUT_UPGRADE = EnumSet.complementOf(EnumSet.of(Verb.UPGRADE));
  private static final Set<Verb> ANSWERED = EnumSet.of(Verb.READ, Verb.SYNC_TIME, Verb.CANCEL);
  private static final Set<UpdateState> INSTALLING =
      EnumSet.of(UpdateState.INSTALLING, UpdateState.INSTALL_REBOOTING);

  private Optional<DeviceFirmware> shown = Optional.empty();

  void show(DeviceFirmware firmware) {
    shown = Optional.of(firmware);
  }

  Optional<DeviceFirmware> shown() {
    return shown;
  }

  private Optional<UpdateProgress> underWay() {
    return shown.flatMap(DeviceFirmware::update).filter(update -> !update.state().over());
  }

  /** Whether it takes no other order now. */
  boolean installing() {
    return underWay().filter(update -> INSTALLING.contains(update.state())).isPresent();
  }

  /**
   * The restriction that is shown: while a firmware is being installed nothing else is to be had,
   * before that any other comes first.
   */
  Optional<Restriction> restriction(Supplier<Optional<Restriction>> other) {
    return installing() ? restriction() : other.get().or(this::restriction);
  }

  private Optional<Restriction> restriction() {
    return underWay()
        .map(
            update ->
                new Restriction(
                    RestrictionReason.UPGRADING,
                    installing() ? Set.of() : ALL_BUT_UPGRADE,
                    Optional.empty(),
                    update.toString(),
                    Optional.empty()));
  }

  /** Why an order is not begun because of it. */
  Optional<Refusal> refuse(Verb verb) {
    if (verb == Verb.UPGRADE && shown.isEmpty()) {
      return Optional.of(new Refusal(Reason.UNSUPPORTED, "this device cannot be upgraded"));
    }
    return underWay()
        .filter(update -> verb == Verb.UPGRADE || (installing() && !ANSWERED.contains(verb)))
        .map(update -> new Refusal(Reason.BUSY, update.toString()));
  }
}
