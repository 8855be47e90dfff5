// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Position;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A part of the branch that another feeder can carry, over a tie switch that is normally open.
 *
 * @param tie closed, it feeds the part from the other side
 * @param section opened, it parts it from this branch
 * @param area the devices of the part
 * @param most what the other feeder may take on
 */
public record Transfer(BareJid tie, BareJid section, Area area, Power most) {
  public Transfer {
    Objects.requireNonNull(area);
    if (tie.equals(section)) {
      throw new IllegalArgumentException("the tie and the section switch are two switches");
    }
    if (most.equals(Power.ZERO)) {
      throw new IllegalArgumentException("a transfer's mostKw is above 0");
    }
  }

  /** Reads one of a configuration's {@code transfers}. */
  public static Transfer read(Fields fields) {
    return fields.all(
        known ->
            new Transfer(
                known.value("tie", BareJid::parse),
                known.value("section", BareJid::parse),
                known.value("area", Area::new),
                Power.kilowatts(known.decimal("mostKw"))));
  }

  ObjectNode write() {
    return Json.object()
        .put("tie", tie.toString())
        .put("section", section.toString())
        .put("area", area.name())
        .put("mostKw", most.kilowatts());
  }

  /** Those of a branch's devices that it feeds itself, as its switches stand. */
  static List<Contact> fed(Collection<Contact> downstream, Collection<Transfer> transfers) {
    List<Area> elsewhere =
        transfers.stream()
            .filter(transfer -> transfer.isAway(downstream))
            .map(Transfer::area)
            .toList();
    return downstream.stream()
        .filter(contact -> elsewhere.stream().noneMatch(contact.areas()::contains))
        .toList();
  }

  /** By the section switch's last word the branch does not feed it. */
  boolean isAway(Collection<Contact> contacts) {
    return contact(section, contacts).filter(it -> stands(it, Position.OPEN)).isPresent();
  }

  /** Both switches are there, without a fault, and stand as they normally do. */
  boolean isReady(Collection<Contact> contacts) {
    return contact(tie, contacts).filter(it -> operable(it, Position.OPEN)).isPresent()
        && contact(section, contacts).filter(it -> operable(it, Position.CLOSED)).isPresent();
  }

  /** Both switches are there and say that the branch feeds it. */
  boolean isHome(Collection<Contact> contacts) {
    return says(tie, Position.OPEN, contacts) && says(section, Position.CLOSED, contacts);
  }

  /** Both switches are there and say that the other feeder feeds it. */
  boolean isMoved(Collection<Contact> contacts) {
    return says(tie, Position.CLOSED, contacts) && says(section, Position.OPEN, contacts);
  }

  /** How its switches stand by their last word. */
  String words(Collection<Contact> contacts) {
    return words(tie, contacts) + ", " + words(section, contacts);
  }

  private static String words(BareJid device, Collection<Contact> contacts) {
    return contact(device, contacts)
        .flatMap(Contact::presence)
        .flatMap(DevicePresence::position)
        .map(position -> device.local() + " was last " + position.wire())
        .orElse("nothing is known of " + device.local());
  }

  private static boolean says(BareJid device, Position position, Collection<Contact> contacts) {
    return contact(device, contacts)
        .filter(it -> it.certainty() == Certainty.REAL && stands(it, position))
        .isPresent();
  }

  /** What its loads draw by their last word; what is fed in there does not count, as it may end. */
  Power load(Collection<Contact> contacts) {
    return contacts.stream()
        .filter(contact -> contact.areas().contains(area))
        .filter(
            contact -> contact.presence().filter(it -> it.kind() == DeviceKind.LOAD).isPresent())
        .map(Summing::power)
        .reduce(Power.ZERO, Power::plus);
  }

  private static Optional<Contact> contact(BareJid device, Collection<Contact> contacts) {
    return contacts.stream().filter(contact -> contact.device().equals(device)).findFirst();
  }

  private static boolean operable(Contact contact, Position position) {
    return contact.certainty().reachable()
        && stands(contact, position)
        && contact
            .presence()
            .filter(said -> said.faults().isEmpty() && said.restriction().isEmpty())
            .isPresent();
  }

  private static boolean stands(Contact contact, Position position) {
    return contact
        .presence()
        .flatMap(DevicePresence::position)
        .filter(position::equals)
        .isPresent();
  }
}
