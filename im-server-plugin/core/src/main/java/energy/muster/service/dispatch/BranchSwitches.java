// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.firmware.RedundancyGroup;
import energy.muster.service.ledger.Ledger;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The devices by which each branch is fed, parted or tied, so that a branch is never without them
 * all: whoever switches, by its own word, and belongs to a branch, by its certificate. A branch for
 * which the site has named the ends is left to that list. Only for use at the desk.
 */
final class BranchSwitches {
  private static final Set<DeviceKind> SWITCHING = EnumSet.of(DeviceKind.BREAKER, DeviceKind.RELAY);

  private final Map<Area, Set<BareJid>> switches = new HashMap<>();
  private final Map<BareJid, Set<Area>> branches = new HashMap<>();
  private final Set<String> named;
  private final int most;
  private final Ledger ledger;
  private boolean read;

  BranchSwitches(FirmwareRules rules, Ledger ledger) {
    this.most = rules.branchAway();
    this.ledger = ledger;
    this.named =
        rules.groups().stream()
            .filter(RedundancyGroup::fixed)
            .map(RedundancyGroup::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** It has come or gone, or says something else: it may be another kind, or of another branch. */
  void look(BareJid device) {
    if (!read) {
      read = true;
      ledger.contacts().forEach(contact -> look(contact.device()));
    }
    Set<Area> now = partOf(device);
    Set<Area> before = branches.getOrDefault(device, Set.of());
    if (!now.equals(before)) {
      before.forEach(branch -> switches.get(branch).remove(device));
      now.forEach(branch -> switches.computeIfAbsent(branch, any -> new HashSet<>()).add(device));
      branches.put(device, now);
    }
  }

  private Set<Area> partOf(BareJid device) {
    Optional<Certified> certified = ledger.certificate(device);
    boolean switching =
        most > 0
            && ledger
                .contact(device)
                .flatMap(Contact::presence)
                .filter(word -> SWITCHING.contains(word.kind()))
                .isPresent();
    return switching && certified.isPresent()
        ? certified.get().memberships().stream()
            .filter(Area::isBranch)
            .filter(branch -> !named.contains(branch.name()))
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** The branches of which it is one of several switching devices. */
  List<RedundancyGroup> of(BareJid device) {
    look(device);
    return branches.getOrDefault(device, Set.of()).stream()
        .filter(branch -> switches.get(branch).size() > 1)
        .sorted()
        .map(branch -> new RedundancyGroup(branch.name(), switches.get(branch), most))
        .toList();
  }

  /** Whether others may have to wait for this device. */
  boolean has(BareJid device) {
    look(device);
    return !branches.getOrDefault(device, Set.of()).isEmpty();
  }
}
