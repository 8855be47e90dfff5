// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.Depot;
import energy.muster.firmware.InventoryEntry;
import energy.muster.identity.BareJid;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a face shows about firmware. */
public sealed interface FirmwareEvent extends Event.OfFirmware {
  /** What is released, and what of it the service has. */
  record DepotShown(Instant at, Depot depot) implements FirmwareEvent {}

  /**
   * How much of an image is at the service.
   *
   * @param done how many of its pieces
   */
  record Uploaded(Instant at, String name, int done, int pieces) implements FirmwareEvent {}

  /**
   * An upgrade with its waves, before it is signed.
   *
   * @param issuer who signed it first; empty where nobody has
   * @param notes what its builder says is new
   */
  record UpgradePlanned(
      Instant at,
      Optional<BareJid> issuer,
      Instruction.Upgrade upgrade,
      List<List<BareJid>> waves,
      Instant until,
      List<String> notes)
      implements FirmwareEvent {
    public UpgradePlanned {
      waves = List.copyOf(waves);
      notes = List.copyOf(notes);
    }
  }

  /** Upgrades as the service knows them. */
  record CampaignsListed(Instant at, List<Campaign> campaigns) implements FirmwareEvent {}

  /**
   * How one upgrade stands.
   *
   * @param live whether more of the same follows until it is over
   */
  record CampaignShown(Instant at, Campaign campaign, boolean live) implements FirmwareEvent {}

  /** A person's signed word about an upgrade is with the service. */
  record CampaignActed(Instant at, DocumentId order, String state, String text)
      implements FirmwareEvent {}

  /** What runs where, and the file it was written to. */
  record InventoryShown(
      Instant at, long releases, List<InventoryEntry> devices, int unreported, Optional<Path> file)
      implements FirmwareEvent {
    public InventoryShown {
      devices = List.copyOf(devices);
    }
  }
}
