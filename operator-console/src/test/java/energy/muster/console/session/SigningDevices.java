// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.outcome.ClockReport;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Devices with real keys: how each stands, and what it signs. */
final class SigningDevices {
  private final TestPki pki;
  private final Map<BareJid, SigningIdentity> keys = new LinkedHashMap<>();
  private final Map<BareJid, Contact> contacts = new LinkedHashMap<>();
  private InstantSource clock;

  SigningDevices(TestPki pki) {
    this.pki = pki;
    this.clock = InstantSource.fixed(pki.now());
  }

  /** By which they date what they sign. */
  void clock(InstantSource next) {
    clock = next;
  }

  void add(String name, DevicePresence presence, String... areas) {
    keys.put(TestPki.jid(name), pki.device(name, areas));
    put(contact(name, presence, areas));
  }

  Contact contact(String name, DevicePresence presence, String... areas) {
    return new Contact(
        TestPki.jid(name),
        Arrays.stream(areas).map(Area::new).collect(Collectors.toSet()),
        Optional.of(presence),
        Certainty.REAL,
        pki.now(),
        Optional.empty());
  }

  void put(Contact contact) {
    contacts.put(contact.device(), contact);
  }

  Collection<Contact> contacts() {
    return contacts.values();
  }

  Sealed sign(BareJid device, Command command, Result result) {
    return sign(keys.get(device), device, command, Digest.of(command.write()), result);
  }

  /** An outcome in the name of a device, whoever signs it. */
  Sealed sign(
      SigningIdentity signer, BareJid device, Command command, Digest digest, Result result) {
    Header header =
        new Header(
            DocumentType.OUTCOME,
            TestPki.SITE,
            DocumentId.next(clock.instant()),
            device,
            clock.instant());
    Outcome outcome =
        new Outcome(
            header,
            command.id(),
            digest,
            result,
            Optional.ofNullable(contacts.get(device)).flatMap(Contact::presence),
            command.verb() == Verb.READ
                ? Optional.of(new ClockReport(clock.instant(), true, "nonce"))
                : Optional.empty());
    return Sealer.seal(outcome.write(), signer);
  }
}
