// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How an upgrade stands, for a live board.
 *
 * @param order its order
 * @param text why it stands so, in words
 * @param wave which wave goes on, from 1; 0 before the first
 * @param waves how many devices each wave has
 * @param until when it ends, whatever is left
 * @param counts of the devices that the asker covers, by how far they are
 * @param members of those, each; empty in a list of campaigns
 */
public record Campaign(
    DocumentId order,
    BareJid issuer,
    String product,
    FirmwareVersion version,
    CampaignState state,
    String text,
    int wave,
    List<Integer> waves,
    Instant until,
    Map<CampaignMember.State, Integer> counts,
    List<CampaignMember> members) {
  public Campaign {
    Objects.requireNonNull(order);
    Objects.requireNonNull(issuer);
    Hardware.requireName("a product", product);
    Objects.requireNonNull(version);
    Objects.requireNonNull(state);
    Objects.requireNonNull(text);
    waves = List.copyOf(waves);
    Objects.requireNonNull(until);
    counts = Map.copyOf(counts);
    members = List.copyOf(members);
  }

  /** Reads one. */
  public static Campaign read(Fields fields) {
    Map<CampaignMember.State, Integer> counts = new EnumMap<>(CampaignMember.State.class);
    Fields counted = fields.object("counts");
    for (CampaignMember.State state : CampaignMember.State.values()) {
      counted
          .optionalInteger(state.wire())
          .ifPresent(count -> counts.put(state, Math.toIntExact(count)));
    }
    return new Campaign(
        fields.value("order", DocumentId::new),
        fields.value("issuer", BareJid::parse),
        fields.text("product"),
        fields.value("version", FirmwareVersion::parse),
        fields.oneOf("state", CampaignState::ofWire),
        fields.text("text"),
        Math.toIntExact(fields.integer("wave")),
        fields.integers("waves").stream().map(Math::toIntExact).toList(),
        fields.instant("until"),
        counts,
        fields.objects("members").stream().map(each -> each.some(CampaignMember::read)).toList());
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("order", order.text())
            .put("issuer", issuer.toString())
            .put("product", product)
            .put("version", version.toString())
            .put("state", state.wire())
            .put("text", text)
            .put("wave", wave);
    ArrayNode sizes = object.putArray("waves");
    waves.forEach(sizes::add);
    object.put("until", until.toString());
    ObjectNode counted = object.putObject("counts");
    for (CampaignMember.State state : CampaignMember.State.values()) {
      Optional.ofNullable(counts.get(state)).ifPresent(count -> counted.put(state.wire(), count));
    }
    ArrayNode all = object.putArray("members");
    members.forEach(member -> all.add(member.write()));
    return object;
  }

  /** Reads the answer to {@code campaigns}: newest first, or the one that was asked for. */
  public static List<Campaign> readAll(ObjectNode json) {
    return Fields.of(json)
        .some(
            fields ->
                fields.objects("campaigns").stream().map(e -> e.some(Campaign::read)).toList());
  }

  /** The answer to {@code campaigns}. */
  public static ObjectNode writeAll(List<Campaign> campaigns) {
    ObjectNode object = Json.object();
    ArrayNode all = object.putArray("campaigns");
    campaigns.forEach(each -> all.add(each.write()));
    return object;
  }
}
