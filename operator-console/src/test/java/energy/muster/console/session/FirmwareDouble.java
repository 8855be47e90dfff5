// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.Depot;
import energy.muster.firmware.Inventory;
import energy.muster.firmware.InventoryEntry;
import energy.muster.firmware.StoredFirmware;
import energy.muster.firmware.UploadPiece;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service answers about firmware, as it was told to. */
final class FirmwareDouble {
  final List<StoredFirmware> stored = new ArrayList<>();
  final List<Sealed> published = new ArrayList<>();
  final List<UploadPiece> pieces = new ArrayList<>();
  final List<CampaignAct> acts = new ArrayList<>();
  final List<InventoryEntry> inventory = new ArrayList<>();

  /** How the campaigns stand, one list an answer; the last stays. */
  final Deque<List<Campaign>> campaigns = new ArrayDeque<>();

  private final Map<Digest, Sealed> manifests = new HashMap<>();
  int page = Inventory.MOST;
  long releases;
  Optional<Instant> expires = Optional.empty();

  void manifest(Digest digest, Sealed sealed) {
    manifests.put(digest, sealed);
  }

  /** Empty where it is asked of something else. */
  Optional<Payload> answer(Payload question) {
    return switch (question.wire()) {
      case FIRMWARE_DEPOT ->
          Optional.of(
              Payload.of(Wire.FIRMWARE_DEPOT, new Depot(releases, expires, "off", stored).write()));
      case FIRMWARE_MANIFEST -> Optional.of(manifest(question));
      case FIRMWARE_PUBLISH -> {
        published.add(question.requireSealed());
        yield Optional.of(Payload.empty(Wire.FIRMWARE_PUBLISH));
      }
      case FIRMWARE_PIECE -> {
        piece(UploadPiece.read(question.requireLargeJson()));
        yield Optional.of(Payload.empty(Wire.FIRMWARE_PIECE));
      }
      case CAMPAIGNS -> Optional.of(campaigns(question));
      case CAMPAIGN_ACT -> {
        acts.add(CampaignAct.read(question.requireSealed().unverified()));
        yield Optional.of(
            Payload.of(
                Wire.CAMPAIGN_ACT, Json.object().put("state", "paused").put("text", "paused")));
      }
      case INVENTORY -> Optional.of(inventory(question));
      default -> Optional.empty();
    };
  }

  private Payload manifest(Payload question) {
    Digest asked = Digest.parse(question.requireJson().path("manifest").asText());
    return Payload.of(
        Wire.FIRMWARE_MANIFEST,
        Optional.ofNullable(manifests.get(asked))
            .orElseThrow(() -> new Refused(Reason.UNKNOWN, "no such manifest")));
  }

  /** What has come is not missing any more. */
  private void piece(UploadPiece piece) {
    pieces.add(piece);
    stored.replaceAll(
        each -> {
          long chunks = pieces.stream().filter(one -> one.part() == UploadPiece.Part.IMAGE).count();
          boolean all = chunks == each.image().chunks();
          return new StoredFirmware(
              each.manifest(),
              each.product(),
              each.version(),
              each.image(),
              each.released(),
              true,
              (int) chunks,
              all ? List.of() : List.of(new StoredFirmware.Run(0, each.image().chunks() - 1)),
              all,
              "clean");
        });
  }

  private Payload campaigns(Payload question) {
    List<Campaign> now = campaigns.size() > 1 ? campaigns.remove() : campaigns.element();
    String id = question.requireJson().path("id").asText();
    return Payload.of(
        Wire.CAMPAIGNS,
        Campaign.writeAll(
            now.stream().filter(each -> id.isEmpty() || each.order().text().equals(id)).toList()));
  }

  private Payload inventory(Payload question) {
    Inventory.Query query = Inventory.Query.read(question.requireJson());
    List<InventoryEntry> later =
        inventory.stream()
            .filter(
                each ->
                    query.after().isEmpty()
                        || each.device().toString().compareTo(query.after().get().toString()) > 0)
            .toList();
    List<InventoryEntry> now = later.subList(0, Math.min(page, later.size()));
    Optional<BareJid> next =
        later.size() > now.size()
            ? Optional.of(now.get(now.size() - 1).device())
            : Optional.empty();
    return Payload.of(Wire.INVENTORY, new Inventory(releases, now, 1, next).write());
  }
}
