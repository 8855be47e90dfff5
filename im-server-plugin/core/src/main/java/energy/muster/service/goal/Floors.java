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
import java.util.HashMap;
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

  /** How the site stands when it is first asked. */
  public Standing now() {
    return new Standing();
  }

  /** Looks through all contacts once, however many are judged by it. */
  public final class Standing {
    private final Map<BareJid, Contact> known = new HashMap<>();
    private final Map<Area, Map<BareJid, Power>> on = new HashMap<>();
    private final Map<Area, Power> together = new HashMap<>();
    private boolean looked;

    private void look() {
      looked = true;
      for (Contact contact : contacts.get()) {
        known.put(contact.device(), contact);
        if (contact.certainty().reachable() && consumes(contact)) {
          for (Area area : floors.keySet()) {
            if (belongs(contact, area)) {
              Power draws = announced(contact, Quantity.POWER);
              on.computeIfAbsent(area, any -> new HashMap<>()).put(contact.device(), draws);
              together.merge(area, draws, Power::plus);
            }
          }
        }
      }
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
      if (!looked) {
        look();
      }
      return Optional.ofNullable(known.get(candidate.device()))
          .flatMap(
              contact ->
                  floors.entrySet().stream()
                      .filter(floor -> belongs(contact, floor.getKey()))
                      .filter(
                          floor ->
                              left(floor.getKey(), contact, candidate.most(), perhapsShed)
                                      .compareTo(floor.getValue())
                                  < 0)
                      .map(
                          floor ->
                              floor.getKey().name() + " keeps at least " + floor.getValue() + " on")
                      .findFirst());
    }

    private Power left(Area area, Contact shed, Power most, Set<BareJid> perhapsShed) {
      Map<BareJid, Power> members = on.getOrDefault(area, Map.of());
      Power gone = members.getOrDefault(shed.device(), Power.ZERO);
      for (BareJid device : perhapsShed) {
        if (!device.equals(shed.device())) {
          gone = gone.plus(members.getOrDefault(device, Power.ZERO));
        }
      }
      return together
          .getOrDefault(area, Power.ZERO)
          .minus(gone)
          .plus(announced(shed, Quantity.POWER).minus(most));
    }
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
