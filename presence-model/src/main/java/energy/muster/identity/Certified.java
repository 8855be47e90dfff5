// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a certificate says of its holder. It says so whether or not the certificate is to be
 * believed; one that comes out of {@code Trust} was.
 *
 * @param fingerprint SHA-256 of the certificate's DER, lower-case hexadecimal
 */
public record Certified(
    BareJid jid,
    Set<Grant> grants,
    BigInteger serial,
    String fingerprint,
    Instant notBefore,
    Instant notAfter,
    CertificateDer certificate) {

  public Certified {
    Objects.requireNonNull(jid);
    Objects.requireNonNull(serial);
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(notBefore);
    Objects.requireNonNull(notAfter);
    Objects.requireNonNull(certificate);
    grants = Set.copyOf(grants);
  }

  /** Reads a certificate of Muster's profile; any other is refused as untrusted. */
  public static Certified of(X509Certificate certificate) {
    return CertificateProfile.read(certificate);
  }

  public boolean holds(Role role) {
    for (Grant grant : grants) {
      if (grant.role() == role) {
        return true;
      }
    }
    return false;
  }

  /** The named areas this device belongs to; empty for whoever is no device. */
  public Set<Area> memberships() {
    return areas(Role.DEVICE);
  }

  /** The branches that this device and that one both belong to, which makes them peers. */
  public Set<Area> branchesWith(Certified other) {
    return jid.domain().equals(other.jid.domain()) && !jid.equals(other.jid)
        ? memberships().stream()
            .filter(Area::isBranch)
            .filter(other.memberships()::contains)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** The areas in which the holder has the role. */
  public Set<Area> areas(Role role) {
    return grants.stream()
        .filter(grant -> grant.role() == role)
        .map(Grant::area)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the holder has the role for this device; never across domains. */
  public boolean covers(Role role, Certified device) {
    return covers(held -> held == role, device);
  }

  /**
   * Whether the holder has any such role for this device. It is asked of every device a viewer may
   * not know of, whom it must not take long enough to notice.
   */
  public boolean covers(Predicate<Role> roles, Certified device) {
    if (!jid.domain().equals(device.jid.domain()) || !device.holds(Role.DEVICE)) {
      return false;
    }
    for (Grant grant : grants) {
      if (roles.test(grant.role()) && grant.area().covers(device.jid, device::belongsTo)) {
        return true;
      }
    }
    return false;
  }

  private boolean belongsTo(Area area) {
    return grants.contains(new Grant(Role.DEVICE, area));
  }

  /** Both ends of the validity belong to it (RFC 5280 4.1.2.5). */
  public boolean validAt(Instant now) {
    return !now.isBefore(notBefore) && !now.isAfter(notAfter);
  }
}
