// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.RestrictionReason;
import energy.muster.service.firmware.RedundancyGroup;
import energy.muster.service.firmware.WaveControl;
import energy.muster.service.ledger.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What presence says of whether a device may be upgraded now. Only for use at the desk. */
final class CampaignGates {
  private final Map<BareJid, List<RedundancyGroup>> groups = new HashMap<>();
  private final Ledger ledger;
  private final Lanes lanes;

  CampaignGates(List<RedundancyGroup> all, Ledger ledger, Lanes lanes) {
    this.ledger = ledger;
    this.lanes = lanes;
    for (RedundancyGroup group : all) {
      for (BareJid member : group.members()) {
        groups.computeIfAbsent(member, any -> new ArrayList<>()).add(group);
      }
    }
  }

  /** Whether others may have to wait for this device. */
  boolean grouped(BareJid device) {
    return groups.containsKey(device);
  }

  /**
   * As one order sees it.
   *
   * @param others another upgrade that has begun on a device
   */
  WaveControl.Field of(Command command, Function<BareJid, Optional<DocumentId>> others) {
    return new WaveControl.Field() {
      @Override
      public Optional<String> unready(BareJid device) {
        return lanes
            .heldFor(device, command)
            .map(why -> why.replaceFirst("^held:? ", ""))
            .or(() -> presence(device).flatMap(CampaignGates::busy))
            .or(
                () ->
                    others
                        .apply(device)
                        .map(order -> "upgrade " + order.brief() + " is under way on it"));
      }

      @Override
      public boolean away(BareJid device) {
        return others.apply(device).isPresent()
            || lanes.reachable(device).isEmpty()
            || ledger.contact(device).filter(Contact::fault).isPresent()
            || presence(device).filter(CampaignGates::outOfService).isPresent();
      }

      @Override
      public List<RedundancyGroup> groups(BareJid device) {
        return groups.getOrDefault(device, List.of());
      }
    };
  }

  private Optional<DevicePresence> presence(BareJid device) {
    return ledger.contact(device).flatMap(Contact::presence);
  }

  private static Optional<String> busy(DevicePresence word) {
    boolean runs =
        word.kind() == DeviceKind.GENERATOR
            && word.operating() != Operating.OFF
            && word.operating() != Operating.NONE;
    return runs
        ? Optional.of("the generator is " + word.operating().wire())
        : word.firmware()
            .flatMap(firmware -> firmware.update())
            .filter(update -> !update.state().over())
            .map(update -> "it is at " + update);
  }

  private static boolean outOfService(DevicePresence word) {
    return !word.faults().isEmpty()
        || word.restriction()
            .filter(
                restriction ->
                    restriction.reason() == RestrictionReason.UPGRADING
                        || restriction.reason() == RestrictionReason.MAINTENANCE)
            .isPresent();
  }
}
