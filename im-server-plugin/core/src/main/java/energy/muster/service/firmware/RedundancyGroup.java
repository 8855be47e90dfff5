// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.identity.BareJid;
import java.util.Set;

/**
 * Devices that stand in for each other, so that not too many of them may be without service at a
 * time.
 *
 * @param name as people know it
 * @param most how many may be away whatever an upgrade allows: 1 for the two ends of a branch
 */
public record RedundancyGroup(String name, Set<BareJid> members, int most) {
  public RedundancyGroup {
    members = Set.copyOf(members);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a redundancy group has a name");
    }
    if (members.size() < 2) {
      throw new IllegalArgumentException("a redundancy group has two devices or more: " + name);
    }
    if (most < 1) {
      throw new IllegalArgumentException("at least one of " + name + " must be let go at a time");
    }
  }

  /** Of which as many may be away as the upgrade says. */
  public static RedundancyGroup of(String name, Set<BareJid> members) {
    return new RedundancyGroup(name, members, Integer.MAX_VALUE);
  }

  /** The ends of a branch, of which never both may be away. */
  public static RedundancyGroup ends(String branch, Set<BareJid> members) {
    return new RedundancyGroup(branch, members, 1);
  }

  /** Whether its number holds whatever an upgrade says. */
  public boolean fixed() {
    return most < Integer.MAX_VALUE;
  }
}
