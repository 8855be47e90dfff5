// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.goal;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What must stay on. It counts on nobody who may be shed and on nobody who cannot be reached, so it
 * errs towards what is protected.
 */
public final class Floors {
  private static final BigDecimal MOST = BigDecimal.valueOf(10_000_000);

  private final Map<Area, Power> floors;
  private final Supplier<Collection<Contact>> contacts;

  public Floors(Map<Area, Power> floors, Supplier<Collection<Contact>> contacts) {
    this.floors = floors;
    this.contacts = contacts;
  }

  /**
   * Why this one may not be shed as well, if it may not.
   *
   * @param perhapsShed those that have been shed or may be
   */
  public Optional<String> forbids(Candidate candidate, Set<BareJid> perhapsShed) {
    if (floors.isEmpty()) {
      return Optional.empty();
    }
    Optional<Contact> own =
        contacts.get().stream()
            .filter(contact -> contact.device().equals(candidate.device()))
            .findFirst();
    return own.flatMap(
        contact ->
            floors.entrySet().stream()
                .filter(floor -> belongs(contact, floor.getKey()))
                .filter(floor -> below(floor, contact, candidate.most(), perhapsShed))
                .map(floor -> floor.getKey().name() + " keeps at least " + floor.getValue() + " on")
                .findFirst());
  }

  private boolean below(
      Map.Entry<Area, Power> floor, Contact shed, Power most, Set<BareJid> perhapsShed) {
    Power left =
        contacts.get().stream()
            .filter(contact -> !contact.device().equals(shed.device()))
            .filter(contact -> !perhapsShed.contains(contact.device()))
            .filter(contact -> contact.certainty().reachable())
            .filter(contact -> belongs(contact, floor.getKey()))
            .filter(Floors::consumes)
            .map(contact -> announced(contact, Quantity.POWER))
            .reduce(announced(shed, Quantity.POWER).minus(most), Power::plus);
    return left.compareTo(floor.getValue()) < 0;
  }

  private static boolean belongs(Contact contact, Area area) {
    return area.covers(contact.device(), contact.areas());
  }

  private static boolean consumes(Contact contact) {
    return contact.presence().filter(said -> said.kind() == DeviceKind.LOAD).isPresent();
  }

  /** What it announces of this power; nothing where it announces none that could be. */
  public static Power announced(Contact contact, Quantity quantity) {
    return contact
        .presence()
        .flatMap(said -> said.quantity(quantity))
        .filter(value -> value.signum() > 0 && value.compareTo(MOST) <= 0)
        .map(value -> Power.kilowatts(value.setScale(3, RoundingMode.DOWN)))
        .orElse(Power.ZERO);
  }
}
