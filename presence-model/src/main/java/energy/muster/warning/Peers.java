// SPDX-License-Identifier: Apache-2.0
package energy.muster.warning;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whom a device warns, as the service knows them by their certificates: branch by branch. */
public record Peers(SortedMap<Area, List<BareJid>> byBranch) {
  public static final Peers NONE = new Peers(new TreeMap<>());

  /** More on one branch are not warned: a device may send so many stanzas at once and no more. */
  public static final int MOST_WARNED = 64;

  public Peers {
    SortedMap<Area, List<BareJid>> copy = new TreeMap<>();
    byBranch.forEach((branch, devices) -> copy.put(branch, List.copyOf(devices)));
    byBranch = Collections.unmodifiableSortedMap(copy);
  }

  public static Peers read(Payload payload) {
    return Fields.of(payload.requireLargeJson()).some(Peers::readKnown);
  }

  private static Peers readKnown(Fields fields) {
    SortedMap<Area, List<BareJid>> read = new TreeMap<>();
    for (Fields branch : fields.objects("branches")) {
      Map.Entry<Area, List<BareJid>> one =
          branch.some(
              known ->
                  Map.entry(
                      known.value("branch", Area::new), known.values("peers", BareJid::parse)));
      read.put(one.getKey(), one.getValue());
    }
    return new Peers(read);
  }

  public Payload payload() {
    ObjectNode object = Json.object();
    ArrayNode branches = object.putArray("branches");
    byBranch.forEach(
        (branch, devices) -> {
          ArrayNode peers = branches.addObject().put("branch", branch.name()).putArray("peers");
          devices.forEach(device -> peers.add(device.toString()));
        });
    return Payload.of(Wire.PEERS, object);
  }
}
