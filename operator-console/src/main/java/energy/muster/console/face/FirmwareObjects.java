// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.console.session.FirmwareEvent;
import energy.muster.firmware.Inventory;
import java.util.Optional;

/** What there is to tell of firmware, as JSON. */
final class FirmwareObjects {
  private FirmwareObjects() {}

  /** Whether it was about firmware. */
  static boolean fill(Event event, ObjectNode object) {
    if (event instanceof FirmwareEvent.DepotShown shown) {
      object.setAll(shown.depot().write());
    } else if (event instanceof FirmwareEvent.Uploaded uploaded) {
      object
          .put("name", uploaded.name())
          .put("done", uploaded.done())
          .put("pieces", uploaded.pieces());
    } else if (event instanceof FirmwareEvent.UpgradePlanned planned) {
      planned(planned, object);
    } else if (event instanceof FirmwareEvent.CampaignsListed listed) {
      ArrayNode campaigns = object.putArray("campaigns");
      listed.campaigns().forEach(each -> campaigns.add(each.write()));
    } else if (event instanceof FirmwareEvent.CampaignShown shown) {
      object.set("campaign", shown.campaign().write());
      object.put("live", shown.live());
    } else if (event instanceof FirmwareEvent.CampaignActed acted) {
      object
          .put("order", acted.order().text())
          .put("state", acted.state())
          .put("text", acted.text());
    } else if (event instanceof FirmwareEvent.InventoryShown shown) {
      Inventory all =
          new Inventory(shown.releases(), shown.devices(), shown.unreported(), Optional.empty());
      object.setAll(all.write());
      shown.file().ifPresent(file -> object.put("file", file.toString()));
    } else {
      return false;
    }
    return true;
  }

  private static void planned(FirmwareEvent.UpgradePlanned planned, ObjectNode object) {
    planned.issuer().ifPresent(issuer -> object.put("issuer", issuer.toString()));
    object.set("args", planned.upgrade().arguments());
    ArrayNode waves = object.putArray("waves");
    planned
        .waves()
        .forEach(
            wave -> {
              ArrayNode devices = waves.addArray();
              wave.forEach(device -> devices.add(device.toString()));
            });
    object.put("until", planned.until().toString());
    planned.notes().forEach(object.putArray("notes")::add);
  }
}
