// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which of the devices that a person may see a view is about: all that is said must be true of a
 * device, and what is not said leaves all of them in. It never shows more than the certificate
 * does.
 *
 * @param areas a site's feeders, branches and groups; a device lies in one of them
 * @param kinds a device says that it is one of them
 * @param devices a device is one of them
 */
public record Scope(Set<Area> areas, Set<DeviceKind> kinds, Set<BareJid> devices) {
  public static final Scope ALL = new Scope(Set.of(), Set.of(), Set.of());

  private static final int MOST = 256;

  public Scope {
    areas = Set.copyOf(areas);
    kinds = Set.copyOf(kinds);
    devices = Set.copyOf(devices);
    if (areas.size() > MOST || kinds.size() > MOST || devices.size() > MOST) {
      throw new Refused(Reason.TOO_LARGE, "a view names at most " + MOST + " of each");
    }
  }

  public boolean covers(Contact contact) {
    return (devices.isEmpty() || devices.contains(contact.device()))
        && (areas.isEmpty()
            || areas.stream().anyMatch(area -> area.covers(contact.device(), contact.areas())))
        && (kinds.isEmpty()
            || contact.presence().filter(said -> kinds.contains(said.kind())).isPresent());
  }

  /** Refuses what it does not know: a view of more than was asked for helps nobody. */
  public static Scope read(Fields fields) {
    return fields.all(
        known ->
            new Scope(
                Set.copyOf(values(known, "areas", Area::new)),
                Set.copyOf(values(known, "kinds", Scope::kind)),
                Set.copyOf(values(known, "devices", BareJid::parse))));
  }

  private static <T> List<T> values(Fields fields, String name, Function<String, T> reader) {
    return fields.has(name) ? fields.values(name, reader) : List.of();
  }

  private static DeviceKind kind(String wire) {
    return DeviceKind.ofWire(wire)
        .orElseThrow(() -> new Refused(Reason.MALFORMED, "there is no kind '" + wire + "'"));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object();
    put(object, "areas", areas, Area::name);
    put(object, "kinds", kinds, DeviceKind::wire);
    put(object, "devices", devices, BareJid::toString);
    return object;
  }

  private static <T> void put(
      ObjectNode object, String name, Collection<T> values, Function<T, String> text) {
    if (!values.isEmpty()) {
      values.stream().map(text).sorted().forEach(object.putArray(name)::add);
    }
  }
}
