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
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.firmware.Redundancy;
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
  private final Map<BareJid, List<RedundancyGroup>> named = new HashMap<>();
  private final BranchSwitches branches;
  private final Ledger ledger;
  private final Lanes lanes;

  CampaignGates(FirmwareRules rules, Ledger ledger, Lanes lanes) {
    this.branches = new BranchSwitches(rules, ledger);
    this.ledger = ledger;
    this.lanes = lanes;
    for (RedundancyGroup group : rules.groups()) {
      for (BareJid member : group.members()) {
        named.computeIfAbsent(member, any -> new ArrayList<>()).add(group);
      }
    }
  }

  /** Whether others may have to wait for this device. */
  boolean grouped(BareJid device) {
    return branches.has(device) || named.containsKey(device);
  }

  private List<RedundancyGroup> groups(BareJid device) {
    List<RedundancyGroup> all = new ArrayList<>(named.getOrDefault(device, List.of()));
    all.addAll(branches.of(device));
    return all;
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
            .or(() -> notReady(presence(device)))
            .or(
                () ->
                    others
                        .apply(device)
                        .map(order -> "upgrade " + order.brief() + " is under way on it"));
      }

      @Override
      public Optional<String> away(BareJid device) {
        if (others.apply(device).isPresent()) {
          return Optional.of(Redundancy.UPGRADED);
        }
        return lanes.reachable(device).isEmpty()
            ? Optional.of("is not there")
            : ledger.contact(device).filter(Contact::fault).isPresent()
                ? Optional.of("has a fault")
                : presence(device).flatMap(CampaignGates::outOfService);
      }

      @Override
      public List<RedundancyGroup> groups(BareJid device) {
        return CampaignGates.this.groups(device);
      }
    };
  }

  private Optional<DevicePresence> presence(BareJid device) {
    return ledger.contact(device).flatMap(Contact::presence);
  }

  /** Of whom nothing is known, nobody knows what stands still with it. */
  private static Optional<String> notReady(Optional<DevicePresence> word) {
    return word.isEmpty()
        ? Optional.of("it has not said yet how it is")
        : word.flatMap(CampaignGates::busy);
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

  private static Optional<String> outOfService(DevicePresence word) {
    boolean updates =
        word.firmware()
            .flatMap(firmware -> firmware.update())
            .filter(update -> !update.state().over())
            .isPresent();
    if (updates || restricted(word, RestrictionReason.UPGRADING)) {
      return Optional.of(Redundancy.UPGRADED);
    }
    return !word.faults().isEmpty()
        ? Optional.of("has a fault")
        : restricted(word, RestrictionReason.MAINTENANCE)
            ? Optional.of("is in maintenance")
            : Optional.empty();
  }

  private static boolean restricted(DevicePresence word, RestrictionReason reason) {
    return word.restriction().filter(restriction -> restriction.reason() == reason).isPresent();
  }
}
