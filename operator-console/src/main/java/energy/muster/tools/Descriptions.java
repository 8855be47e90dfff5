// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Grant;
import energy.muster.json.Json;
import energy.muster.pki.IssuedCertificate;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Certificates in words and in JSON, the same everywhere. */
final class Descriptions {
  private static final int HEX = 16;

  private Descriptions() {}

  static ObjectNode json(Certified certified) {
    return json(
            certified.jid(),
            certified.grants(),
            certified.serial(),
            certified.notBefore(),
            certified.notAfter())
        .put("fingerprint", certified.fingerprint());
  }

  static ObjectNode json(IssuedCertificate issued) {
    ObjectNode object =
        json(issued.jid(), issued.grants(), issued.serial(), issued.notBefore(), issued.notAfter());
    issued
        .revocation()
        .ifPresent(
            revocation ->
                object
                    .putObject("revoked")
                    .put("at", revocation.at().toString())
                    .put("reason", revocation.reason().wire()));
    return object;
  }

  private static ObjectNode json(
      BareJid jid,
      Collection<Grant> grants,
      BigInteger serial,
      Instant notBefore,
      Instant notAfter) {
    ObjectNode object =
        Json.object().put("jid", jid.toString()).put("serial", serial.toString(HEX));
    ArrayNode array = object.putArray("grants");
    new TreeSet<>(grants)
        .forEach(
            grant ->
                array
                    .addObject()
                    .put("role", grant.role().wire())
                    .put("area", grant.area().name()));
    return object.put("notBefore", notBefore.toString()).put("notAfter", notAfter.toString());
  }

  static String words(Certified certified) {
    return certified.jid()
        + "\n  serial      "
        + certified.serial().toString(HEX)
        + "\n  grants      "
        + words(certified.grants())
        + "\n  valid       "
        + certified.notBefore()
        + " to "
        + certified.notAfter()
        + "\n  SHA-256     "
        + certified.fingerprint();
  }

  /** One line. */
  static String words(IssuedCertificate issued, Instant now) {
    String state =
        issued
            .revocation()
            .map(revocation -> "revoked " + revocation.at() + " (" + revocation.reason() + ")")
            .orElse((issued.inForce(now) ? "until " : "expired ") + issued.notAfter());
    return String.format(
        "%-32s %s  %s  %s",
        issued.jid(), issued.serial().toString(HEX), words(issued.grants()), state);
  }

  static String words(Collection<Grant> grants) {
    return new TreeSet<>(grants).stream().map(Grant::toString).collect(Collectors.joining(" "));
  }
}
