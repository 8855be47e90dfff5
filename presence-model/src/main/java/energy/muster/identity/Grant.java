// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import java.util.Objects;

/** A role in an area, as one certificate grants it. */
public record Grant(Role role, Area area) implements Comparable<Grant> {
  public Grant {
    Objects.requireNonNull(role);
    Objects.requireNonNull(area);
  }

  @Override
  public int compareTo(Grant other) {
    int byRole = role.compareTo(other.role);
    return byRole != 0 ? byRole : area.compareTo(other.area);
  }

  @Override
  public String toString() {
    return role + "@" + area;
  }
}
