// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Grant;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the lines of an {@link IssueLog} come to, and how such a line is written. */
final class Ledger {
  private static final int HEX = 16;

  private final Map<BigInteger, IssuedCertificate> issued = new LinkedHashMap<>();
  private String site = "";
  private String domain = "";
  private BigInteger crlNumber = BigInteger.ZERO;

  static Ledger read(IssueLog log) throws IOException {
    Ledger ledger = new Ledger();
    int line = 0;
    for (ObjectNode entry : log.read()) {
      line++;
      try {
        ledger.take(entry);
      } catch (RuntimeException e) {
        throw new IOException("line " + line + " of the authority's log cannot be read", e);
      }
    }
    return ledger;
  }

  private void take(ObjectNode entry) {
    switch (entry.required("event").textValue()) {
      case "created" -> {
        site = entry.required("site").textValue();
        domain = entry.required("domain").textValue();
      }
      case "issued" -> {
        BigInteger serial = serial(entry);
        issued.put(
            serial,
            new IssuedCertificate(
                BareJid.parse(entry.required("jid").textValue()),
                grants(entry),
                serial,
                instant(entry, "notBefore"),
                instant(entry, "notAfter"),
                Optional.empty()));
      }
      case "revoked" -> {
        RevocationReason reason =
            RevocationReason.ofWire(entry.required("reason").textValue()).orElseThrow();
        Revocation revocation = new Revocation(serial(entry), instant(entry, "at"), reason);
        issued.computeIfPresent(
            revocation.serial(), (serial, certificate) -> certificate.revoked(revocation));
      }
      case "crl" -> crlNumber = entry.required("number").bigIntegerValue();
      default -> throw new IllegalArgumentException("unknown event");
    }
  }

  private static BigInteger serial(ObjectNode entry) {
    return new BigInteger(entry.required("serial").textValue(), HEX);
  }

  private static Instant instant(ObjectNode entry, String field) {
    return Instant.parse(entry.required(field).textValue());
  }

  private static SortedSet<Grant> grants(ObjectNode entry) {
    SortedSet<Grant> grants = new TreeSet<>();
    entry
        .required("grants")
        .forEach(
            grant ->
                grants.add(
                    new Grant(
                        Role.ofWire(grant.required("role").textValue()).orElseThrow(),
                        new Area(grant.required("area").textValue()))));
    return grants;
  }

  static ObjectNode created(Instant at, String site, String domain) {
    return event("created", at).put("site", site).put("domain", domain);
  }

  static ObjectNode issued(Instant at, Certified certified) {
    ObjectNode entry =
        event("issued", at)
            .put("serial", certified.serial().toString(HEX))
            .put("jid", certified.jid().toString());
    ArrayNode grants = entry.putArray("grants");
    new TreeSet<>(certified.grants())
        .forEach(
            grant ->
                grants
                    .addObject()
                    .put("role", grant.role().wire())
                    .put("area", grant.area().name()));
    return entry
        .put("notBefore", certified.notBefore().toString())
        .put("notAfter", certified.notAfter().toString());
  }

  static ObjectNode revoked(Revocation revocation) {
    return event("revoked", revocation.at())
        .put("serial", revocation.serial().toString(HEX))
        .put("reason", revocation.reason().wire());
  }

  static ObjectNode crl(Instant at, BigInteger number) {
    return event("crl", at).put("number", number);
  }

  private static ObjectNode event(String name, Instant at) {
    return Json.object().put("event", name).put("at", at.toString());
  }

  String site() {
    return site;
  }

  String domain() {
    return domain;
  }

  BigInteger crlNumber() {
    return crlNumber;
  }

  /** In the order of issue. */
  List<IssuedCertificate> issued() {
    return new ArrayList<>(issued.values());
  }

  List<Revocation> revocations() {
    return issued.values().stream()
        .flatMap(certificate -> certificate.revocation().stream())
        .toList();
  }
}
