// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.command.Precondition;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.service.ledger.Ledger;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Why a delivery waits, in words: by presence. An order to the process of a restricted device goes
 * out all the same, because its refusal is what the operator must know now; what is for the device
 * itself can wait until it may be worked on.
 */
final class Holding {
  private static final Set<Verb> PATIENT =
      EnumSet.of(Verb.CONFIGURE, Verb.SET_TARIFF, Verb.UPGRADE);

  private final Ledger ledger;

  Holding(Ledger ledger) {
    this.ledger = ledger;
  }

  Optional<String> why(BareJid device, Command command) {
    Optional<Contact> contact = ledger.contact(device);
    if (ledger.reachable(device).isEmpty()) {
      return Optional.of(contact.map(Holding::away).orElse("held until the device is there"));
    }
    Optional<DevicePresence> presence = contact.flatMap(Contact::presence);
    return restricted(presence, command).or(() -> unmet(presence, command));
  }

  private static String away(Contact contact) {
    return contact
        .absence()
        .map(
            absence ->
                "held: "
                    + absence.reason()
                    + absence.next().map(next -> ", expected back at " + next).orElse(""))
        .orElse("held until the device is there");
  }

  private static Optional<String> restricted(Optional<DevicePresence> presence, Command command) {
    return presence
        .filter(word -> PATIENT.contains(command.verb()))
        .flatMap(DevicePresence::restriction)
        .filter(restriction -> !restriction.allows().contains(command.verb()))
        .map(
            restriction ->
                "held: on but unavailable to receive commands, "
                    + (restriction.note().isEmpty()
                        ? restriction.reason().wire()
                        : restriction.note())
                    + restriction.until().map(until -> ", until " + until).orElse(""));
  }

  private static Optional<String> unmet(Optional<DevicePresence> presence, Command command) {
    return command
        .when()
        .filter(Precondition::awaited)
        .flatMap(
            when ->
                presence.isEmpty()
                    ? Optional.of("its presence is not known")
                    : when.unmet(presence.get()))
        .map(unmet -> "held: " + unmet);
  }
}
