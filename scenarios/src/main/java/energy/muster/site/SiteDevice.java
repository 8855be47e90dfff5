// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.identity.Area;
import energy.muster.presence.DeviceKind;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One IED of a site: one account, one key.
 *
 * @param id the local part of its account, such as {@code load-76a}
 * @param branch the branch of its bus
 * @param areas all it belongs to, its branch and its feeder among them; its certificate lists them
 */
public record SiteDevice(
    String id,
    String bus,
    Phases phases,
    Area branch,
    Set<Area> areas,
    DrawingPoint at,
    Equipment equipment) {

  public SiteDevice {
    // In the file's order, so that two certificates made from one file are alike.
    areas = Collections.unmodifiableSet(new LinkedHashSet<>(areas));
    if (!areas.contains(branch)) {
      throw new IllegalArgumentException("a device lists its branch, " + branch + ", in its areas");
    }
  }

  public DeviceKind kind() {
    return equipment.kind();
  }
}
