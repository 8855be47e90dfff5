// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import java.util.List;
import java.util.Optional;

/**
 * One utility's network as Muster sees it. A site is consistent: every name that something refers
 * to exists once, every device stands in the branch of its bus, and every branch hangs together.
 *
 * @param name names the site in every sealed document
 * @param domain the XMPP domain of its accounts
 * @param source where the facts come from
 * @param assumptions what was chosen rather than found in the source
 */
public record Site(
    String name,
    String domain,
    String source,
    String assumptions,
    Area feeder,
    List<Branch> branches,
    List<Bus> buses,
    List<Line> lines,
    List<SiteDevice> devices) {

  public Site {
    branches = List.copyOf(branches);
    buses = List.copyOf(buses);
    lines = List.copyOf(lines);
    devices = List.copyOf(devices);
    List<String> faults = Consistency.faults(feeder, branches, buses, lines, devices);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  public Optional<SiteDevice> device(String id) {
    return devices.stream().filter(device -> device.id().equals(id)).findFirst();
  }

  /** The devices whose equipment is of one kind, in the file's order. */
  public List<SiteDevice> devicesWith(Class<? extends Equipment> kind) {
    return devices.stream().filter(device -> kind.isInstance(device.equipment())).toList();
  }

  public BareJid account(SiteDevice device) {
    return new BareJid(device.id(), domain);
  }

  /** What all loads draw together at their rating. */
  public Power totalLoad() {
    Power total = Power.ZERO;
    for (SiteDevice device : devices) {
      if (device.equipment() instanceof Equipment.Load load) {
        total = total.plus(load.rating().active());
      }
    }
    return total;
  }
}
