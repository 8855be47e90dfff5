// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A device as the service knows it: its last word, and how sure one may be of that.
 *
 * @param areas the areas and groups its certificate names
 * @param presence its last word; empty if it never said any
 * @param heard when any stanza last came from it, as of when this was told: being heard alone is
 *     not told, so a contact that is {@code real} may have been heard since
 * @param absence why it is not there; empty while it is
 * @param flapping that it comes and goes, while it does
 * @param difference how it came back other than it was believed to be; empty once an order has been
 *     carried out since
 */
public record Contact(
    BareJid device,
    Set<Area> areas,
    Optional<DevicePresence> presence,
    Certainty certainty,
    Instant heard,
    Optional<Absence> absence,
    Optional<Flapping> flapping,
    Optional<Difference> difference) {
  /** Whoever belongs to no tier is asked after all who do. */
  public static final int NO_TIER = Integer.MAX_VALUE;

  private static final String TIER = "tier-";

  /**
   * Why a device is gone.
   *
   * @param fault gone without a reason: needs a person
   * @param since when it was found gone
   * @param next when it said it would be back
   */
  public record Absence(boolean fault, Instant since, String reason, Optional<Instant> next) {}

  public Contact {
    Objects.requireNonNull(device);
    Objects.requireNonNull(certainty);
    Objects.requireNonNull(heard);
    Objects.requireNonNull(absence);
    Objects.requireNonNull(flapping);
    Objects.requireNonNull(difference);
    areas = Set.copyOf(areas);
  }

  /** A steady one that came back as it was believed to be. */
  public Contact(
      BareJid device,
      Set<Area> areas,
      Optional<DevicePresence> presence,
      Certainty certainty,
      Instant heard,
      Optional<Absence> absence) {
    this(device, areas, presence, certainty, heard, absence, Optional.empty(), Optional.empty());
  }

  /** The same contact, heard at another time. */
  public Contact heardAt(Instant at) {
    return new Contact(device, areas, presence, certainty, at, absence, flapping, difference);
  }

  /** Which it is shed in: the first of the groups {@code tier-1} to {@code tier-999} it names. */
  public int tier() {
    return areas.stream()
        .map(Area::name)
        .filter(name -> name.matches(TIER + "[0-9]{1,3}"))
        .mapToInt(name -> Integer.parseInt(name.substring(TIER.length())))
        .min()
        .orElse(NO_TIER);
  }

  public Availability availability() {
    return certainty.reachable()
        ? presence.map(DevicePresence::availability).orElse(Availability.AVAILABLE)
        : Availability.UNAVAILABLE;
  }

  public boolean fault() {
    return absence.map(Absence::fault).orElse(false);
  }

  public static Contact read(Fields fields) {
    return fields.some(Contact::readKnown);
  }

  private static Contact readKnown(Fields fields) {
    return new Contact(
        fields.value("device", BareJid::parse),
        Set.copyOf(fields.values("areas", Area::new)),
        fields.optionalObject("presence").map(DevicePresence::read),
        fields.oneOf("certainty", Certainty::ofWire),
        fields.instant("heard"),
        fields
            .optionalObject("absence")
            .map(
                absence ->
                    new Absence(
                        absence.flag("fault"),
                        absence.instant("since"),
                        absence.text("reason"),
                        absence.optionalInstant("next"))),
        fields
            .optionalObject("flapping")
            .map(flaps -> new Flapping(flaps.instant("since"), flaps.integer("losses"))),
        fields.optionalObject("difference").map(Difference::read));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("device", device.toString());
    ArrayNode names = object.putArray("areas");
    areas.stream().map(Area::name).sorted().forEach(names::add);
    presence.ifPresent(value -> object.set("presence", value.write()));
    object.put("certainty", certainty.wire()).put("heard", heard.toString());
    absence.ifPresent(
        value -> {
          ObjectNode gone =
              object
                  .putObject("absence")
                  .put("fault", value.fault())
                  .put("since", value.since().toString())
                  .put("reason", value.reason());
          value.next().ifPresent(next -> gone.put("next", next.toString()));
        });
    flapping.ifPresent(
        value ->
            object
                .putObject("flapping")
                .put("since", value.since().toString())
                .put("losses", value.losses()));
    difference.ifPresent(value -> object.set("difference", value.write()));
    return object;
  }
}
