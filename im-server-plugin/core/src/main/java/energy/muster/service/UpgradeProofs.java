// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.service.dispatch.FirmwareProofs;
import energy.muster.service.firmware.FirmwareDesk;
import energy.muster.service.journal.FirmwareRecord.FiledManifest;
import java.util.Optional;

/** What the desk of firmware knows of an upgrade. Only for use at the desk. */
record UpgradeProofs(FirmwareDesk firmware) implements FirmwareProofs {
  @Override
  public Optional<Refusal> refuse(Instruction.Upgrade upgrade) {
    if (!firmware.open()) {
      return Optional.of(Refusal.of(Reason.UNSUPPORTED, "this service keeps no firmware"));
    }
    Optional<FiledManifest> filed = firmware.released(upgrade.manifest());
    if (filed.isEmpty()) {
      return Optional.of(
          Refusal.of(
              Reason.NOT_RELEASED,
              "%s %s does not stand in list of releases %d",
              upgrade.product(),
              upgrade.version(),
              firmware.releases()));
    }
    if (!filed.get().manifest().product().equals(upgrade.product())
        || !filed.get().manifest().version().equals(upgrade.version())) {
      return Optional.of(
          Refusal.of(
              Reason.INVALID_ARGUMENT,
              "the manifest is of %s %s",
              filed.get().manifest().product(),
              filed.get().manifest().version()));
    }
    return upgrade.releases() > firmware.releases()
        ? Optional.of(
            Refusal.of(
                Reason.INVALID_ARGUMENT,
                "there is no list of releases %d; the newest is %d",
                upgrade.releases(),
                firmware.releases()))
        : firmware.against(filed.get());
  }

  @Override
  public boolean proves(BareJid device, DocumentId order, Instruction.Upgrade upgrade) {
    return firmware.reports().proves(device, order, upgrade.manifest(), upgrade.version());
  }

  @Override
  public boolean runs(BareJid device, Instruction.Upgrade upgrade) {
    return firmware.reports().runs(device, upgrade.product(), upgrade.version());
  }

  @Override
  public void forget(DocumentId order) {
    firmware.reports().forget(order);
  }
}
