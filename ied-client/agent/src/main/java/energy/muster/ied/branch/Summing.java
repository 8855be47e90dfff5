// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.presence.BranchSum;
import energy.muster.presence.BranchSum.Breakers;
import energy.muster.presence.BranchSum.Contacts;
import energy.muster.presence.BranchSum.Part;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Adds up what the devices of a branch say. */
public final class Summing {
  private static final int SCALE = 3;

  private Summing() {}

  /**
   * Empty as long as nobody is known there.
   *
   * @param transfers its parts that another feeder may be carrying: they are none of its load then
   */
  public static Optional<BranchSum> of(
      Area area, Power rating, Collection<Contact> downstream, Collection<Transfer> transfers) {
    if (downstream.isEmpty()) {
      return Optional.empty();
    }
    Collection<Contact> fed = Transfer.fed(downstream, transfers);
    return Optional.of(
        new BranchSum(
            area,
            rating,
            part(fed, DeviceKind.LOAD),
            part(fed, DeviceKind.GENERATOR),
            kind(fed, DeviceKind.LOAD)
                .filter(Summing::there)
                .map(contact -> said(contact, Quantity.SHEDDABLE))
                .reduce(Power.ZERO, Power::plus),
            new Breakers(count(downstream, Position.OPEN), count(downstream, Position.CLOSED)),
            contacts(downstream)));
  }

  private static Part part(Collection<Contact> downstream, DeviceKind kind) {
    return kind(downstream, kind)
        .reduce(
            Part.NONE,
            (sum, contact) -> sum.plus(power(contact), there(contact)),
            (one, other) ->
                new Part(one.total().plus(other.total()), one.uncertain().plus(other.uncertain())));
  }

  private static Stream<Contact> kind(Collection<Contact> downstream, DeviceKind kind) {
    return downstream.stream()
        .filter(contact -> contact.presence().filter(word -> word.kind() == kind).isPresent());
  }

  private static boolean there(Contact contact) {
    return contact.certainty().reachable();
  }

  /** What flows through it, by its last word. */
  static Power power(Contact contact) {
    return said(contact, Quantity.POWER);
  }

  /** A power that it announces; nothing where it is none, such as one that flows back. */
  static Power said(Contact contact, Quantity quantity) {
    return contact
        .presence()
        .flatMap(word -> word.quantity(quantity))
        .filter(value -> value.signum() > 0)
        .map(value -> Power.kilowatts(exact(value)))
        .orElse(Power.ZERO);
  }

  private static BigDecimal exact(BigDecimal value) {
    return value.setScale(SCALE, RoundingMode.HALF_UP);
  }

  private static int count(Collection<Contact> downstream, Position position) {
    Predicate<DevicePresence> stands = word -> word.position().filter(position::equals).isPresent();
    return Math.toIntExact(
        downstream.stream()
            .filter(contact -> contact.presence().filter(stands).isPresent())
            .count());
  }

  private static Contacts contacts(Collection<Contact> downstream) {
    int heard = Math.toIntExact(downstream.stream().filter(Summing::there).count());
    Certainty worst =
        downstream.stream().map(Contact::certainty).max(Comparator.naturalOrder()).orElseThrow();
    return new Contacts(heard, downstream.size() - heard, worst);
  }
}
