// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Grant;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Whom a certificate is to be issued to.
 *
 * @param grants at least one
 * @param validity from now on; at least a second
 */
public record Subject(BareJid jid, Set<Grant> grants, Duration validity) {
  public static final Duration DEFAULT_VALIDITY = Duration.ofDays(365);

  public Subject {
    grants = Set.copyOf(grants);
    if (grants.isEmpty()) {
      throw new Refused(Reason.INVALID_ARGUMENT, jid + " needs at least one role");
    }
    if (validity.toSeconds() < 1) {
      throw new Refused(Reason.INVALID_ARGUMENT, "a certificate is valid for at least a second");
    }
  }

  /** A person or program with one role in one area. */
  public static Subject of(BareJid jid, Role role, Area area) {
    return new Subject(jid, Set.of(new Grant(role, area)), DEFAULT_VALIDITY);
  }

  /** A device, a member of itself and of these areas. */
  public static Subject device(BareJid jid, Collection<Area> memberships) {
    Set<Grant> grants = new HashSet<>();
    grants.add(new Grant(Role.DEVICE, Area.of(jid)));
    memberships.forEach(area -> grants.add(new Grant(Role.DEVICE, area)));
    return new Subject(jid, grants, DEFAULT_VALIDITY);
  }

  public Subject with(Role role, Area area) {
    Set<Grant> more = new HashSet<>(grants);
    more.add(new Grant(role, area));
    return new Subject(jid, more, validity);
  }

  public Subject validFor(Duration other) {
    return new Subject(jid, grants, other);
  }
}
