// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of what runs where, by the names of the devices.
 *
 * @param releases number of the list of releases by which it is judged, 0 where there is none
 * @param unreported how many devices the asker covers that have never said what they run
 * @param next ask for what comes after this one; empty where nothing does
 */
public record Inventory(
    long releases, List<InventoryEntry> devices, int unreported, Optional<BareJid> next) {
  /** The most on a page. */
  public static final int MOST = 500;

  public Inventory {
    devices = List.copyOf(devices);
    Objects.requireNonNull(next);
  }

  /**
   * What is asked for.
   *
   * @param after devices whose names come later
   * @param limit at most so many, 1 to {@link Inventory#MOST}
   * @param standing only those that stand so
   * @param product only those that run this
   */
  public record Query(
      Optional<BareJid> after,
      int limit,
      Optional<InventoryEntry.Standing> standing,
      Optional<String> product) {
    public static final Query ALL =
        new Query(Optional.empty(), MOST, Optional.empty(), Optional.empty());

    public Query {
      Objects.requireNonNull(after);
      Objects.requireNonNull(standing);
      Objects.requireNonNull(product);
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException("a page has 1 to " + MOST + " devices");
      }
    }

    public static Query read(ObjectNode json) {
      return Fields.readAll(
          json,
          fields ->
              new Query(
                  fields.optionalValue("after", BareJid::parse),
                  Math.toIntExact(fields.optionalInteger("limit").orElse(MOST)),
                  fields.optionalOneOf("standing", InventoryEntry.Standing::ofWire),
                  fields.optionalText("product")));
    }

    public ObjectNode write() {
      ObjectNode object = Json.object();
      after.ifPresent(device -> object.put("after", device.toString()));
      object.put("limit", limit);
      standing.ifPresent(each -> object.put("standing", each.wire()));
      product.ifPresent(name -> object.put("product", name));
      return object;
    }
  }

  public static Inventory read(ObjectNode json) {
    return Fields.of(json)
        .some(
            fields ->
                new Inventory(
                    fields.integer("releases"),
                    fields.objects("devices").stream()
                        .map(each -> each.some(InventoryEntry::read))
                        .toList(),
                    Math.toIntExact(fields.integer("unreported")),
                    fields.optionalValue("next", BareJid::parse)));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("releases", releases);
    ArrayNode all = object.putArray("devices");
    devices.forEach(each -> all.add(each.write()));
    object.put("unreported", unreported);
    next.ifPresent(device -> object.put("next", device.toString()));
    return object;
  }
}
