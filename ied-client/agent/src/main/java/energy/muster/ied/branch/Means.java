// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import energy.muster.branch.Mandate;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.ied.branch.Decision.Share;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom a mandate lets a master IED ask for relief, and for how much.
 *
 * @param transfers the parts of the branch that another feeder can carry
 * @param tried whoever was asked already since the branch was last well below
 * @param budget how much more may be moved
 * @param on how much load is certain to be on
 */
record Means(
    Mandate mandate,
    Collection<Contact> contacts,
    Collection<Transfer> transfers,
    Set<BareJid> tried,
    Power budget,
    Power on) {
  private static final Comparator<Offer> SMALLEST =
      Comparator.comparing(Offer::power).thenComparing(Offer::device);

  private record Offer(BareJid device, int tier, Power power) {
    Share share() {
      return new Share(device, Optional.of(power));
    }
  }

  /** The best there is with this verb for so much; empty if there is nothing. */
  List<Share> with(Verb verb, Power needed) {
    return switch (verb) {
      case START -> start(needed);
      case SHED -> shed(needed);
      default -> List.of();
    };
  }

  /** The part to move to another feeder; its switches must be in the mandate's area, too. */
  Optional<Transfer> transfer(Power needed) {
    if (!mandate.verbs().containsAll(Set.of(Verb.CLOSE, Verb.OPEN))) {
      return Optional.empty();
    }
    List<Transfer> able =
        transfers.stream()
            .filter(transfer -> !tried.contains(transfer.tie()) && transfer.isReady(contacts))
            .filter(transfer -> covers(transfer.tie()) && covers(transfer.section()))
            .filter(transfer -> !load(transfer).equals(Power.ZERO))
            .filter(transfer -> load(transfer).compareTo(transfer.most()) <= 0)
            .filter(transfer -> load(transfer).compareTo(budget) <= 0)
            .toList();
    Comparator<Transfer> least = Comparator.comparing(this::load);
    return able.stream()
        .filter(transfer -> load(transfer).compareTo(needed) >= 0)
        .min(least)
        .or(() -> able.stream().max(least));
  }

  Power load(Transfer transfer) {
    return transfer.load(contacts);
  }

  private boolean covers(BareJid device) {
    return contacts.stream()
        .anyMatch(
            contact ->
                contact.device().equals(device)
                    && mandate.area().covers(contact.device(), contact.areas()));
  }

  private List<Share> start(Power needed) {
    List<Offer> able =
        offers(DeviceKind.GENERATOR, Quantity.CAPACITY)
            .filter(offer -> offer.power().compareTo(budget) <= 0)
            .toList();
    return able.isEmpty() ? List.of() : List.of(fitting(able, needed).share());
  }

  /** The lowest tier first, and in it no more than it takes. */
  private List<Share> shed(Power needed) {
    List<Offer> left = new ArrayList<>(offers(DeviceKind.LOAD, Quantity.SHEDDABLE).toList());
    List<Share> chosen = new ArrayList<>();
    Power sum = Power.ZERO;
    while (sum.compareTo(needed) < 0) {
      Power already = sum;
      left.removeIf(offer -> !allowed(already.plus(offer.power())));
      if (left.isEmpty()) {
        return chosen;
      }
      int tier = left.stream().mapToInt(Offer::tier).min().orElseThrow();
      Offer next =
          fitting(left.stream().filter(offer -> offer.tier() == tier).toList(), needed.minus(sum));
      left.remove(next);
      chosen.add(next.share());
      sum = sum.plus(next.power());
    }
    return chosen;
  }

  private boolean allowed(Power shed) {
    return shed.compareTo(budget) <= 0 && shed.plus(mandate.floor()).compareTo(on) <= 0;
  }

  /** The smallest that is enough, or else the largest. */
  private static Offer fitting(List<Offer> offers, Power needed) {
    return offers.stream()
        .filter(offer -> offer.power().compareTo(needed) >= 0)
        .min(SMALLEST)
        .or(() -> offers.stream().max(SMALLEST))
        .orElseThrow();
  }

  private Stream<Offer> offers(DeviceKind kind, Quantity quantity) {
    return Transfer.fed(contacts, transfers).stream()
        .filter(contact -> contact.certainty().reachable() && !tried.contains(contact.device()))
        .filter(contact -> mandate.area().covers(contact.device(), contact.areas()))
        .filter(contact -> !contact.areas().contains(Area.CRITICAL))
        .filter(contact -> contact.presence().filter(said -> ready(said, kind)).isPresent())
        .map(
            contact -> new Offer(contact.device(), contact.tier(), Summing.said(contact, quantity)))
        .filter(offer -> !offer.power().equals(Power.ZERO));
  }

  private static boolean ready(DevicePresence said, DeviceKind kind) {
    return said.kind() == kind
        && said.faults().isEmpty()
        && (kind == DeviceKind.GENERATOR
            ? said.operating() == Operating.OFF && said.restriction().isEmpty()
            : said.restriction()
                .filter(restriction -> !restriction.allows().contains(Verb.SHED))
                .isEmpty());
  }
}
