// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * The IECUserRoles certificate extension (IEC 62351-8): a sequence of UserRoleInfo, each of one or
 * more role numbers, one area, a revision and the name of the role definition.
 */
public final class UserRoles {
  public static final ASN1ObjectIdentifier OID = new ASN1ObjectIdentifier("1.2.840.10070.8.1");

  private static final String DEFINITION = "muster-1";
  private static final int FIELDS = 4;

  private UserRoles() {}

  public static ASN1Sequence encode(Collection<Grant> grants) {
    Map<Area, Set<Role>> byArea = new TreeMap<>();
    for (Grant grant : grants) {
      byArea.computeIfAbsent(grant.area(), area -> new TreeSet<>()).add(grant.role());
    }
    ASN1EncodableVector infos = new ASN1EncodableVector();
    byArea.forEach((area, roles) -> infos.add(userRoleInfo(area, roles)));
    return new DERSequence(infos);
  }

  private static DERSequence userRoleInfo(Area area, Set<Role> roles) {
    ASN1EncodableVector numbers = new ASN1EncodableVector();
    roles.forEach(role -> numbers.add(new ASN1Integer(role.number())));
    return new DERSequence(
        new ASN1Encodable[] {
          new DERSequence(numbers),
          new DERUTF8String(area.name()),
          new ASN1Integer(0),
          new DERUTF8String(DEFINITION)
        });
  }

  /**
   * Reads the extension's value. A role number of a later definition grants nothing here; another
   * definition or a shape of its own is refused.
   */
  public static Set<Grant> decode(ASN1Encodable value) {
    Set<Grant> grants = new LinkedHashSet<>();
    for (ASN1Encodable element : ASN1Sequence.getInstance(value)) {
      ASN1Sequence info = ASN1Sequence.getInstance(element);
      if (info.size() != FIELDS
          || !ASN1UTF8String.getInstance(info.getObjectAt(3)).getString().equals(DEFINITION)) {
        throw new Refused(
            Reason.UNTRUSTED, "the certificate's roles are not of definition " + DEFINITION);
      }
      Area area = new Area(ASN1UTF8String.getInstance(info.getObjectAt(1)).getString());
      for (ASN1Encodable number : ASN1Sequence.getInstance(info.getObjectAt(0))) {
        role(ASN1Integer.getInstance(number).getValue())
            .ifPresent(role -> grants.add(new Grant(role, area)));
      }
    }
    return grants;
  }

  private static Optional<Role> role(BigInteger number) {
    // RoleID is a 16-bit INTEGER in IEC 62351-8.
    return number.bitLength() < Short.SIZE ? Role.ofNumber(number.intValue()) : Optional.empty();
  }
}
