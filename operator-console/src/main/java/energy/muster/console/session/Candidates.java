// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Goal;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a goal may be reached with, in the order in which they are to be asked.
 *
 * @param leftOut who was meant and cannot be asked, with why
 */
public record Candidates(List<Candidate> inOrder, Map<BareJid, String> leftOut) {

  private static final Comparator<Candidate> FAIRLY =
      Comparator.comparingInt(Candidate::tier)
          .thenComparing(Candidate::shedLately)
          .thenComparing(Candidate::sheds, Comparator.reverseOrder())
          .thenComparing(Candidate::device, Mirror.BY_NAME);

  /**
   * One who may be asked.
   *
   * @param tier 1 is shed first
   * @param sheds what it announces
   * @param shedLately how long it was shed in the last days
   */
  public record Candidate(BareJid device, int tier, Power sheds, Duration shedLately) {}

  static Candidates of(List<BareJid> devices, Mirror mirror, FairnessRecord fairness) {
    List<Candidate> found = new ArrayList<>();
    Map<BareJid, String> leftOut = new LinkedHashMap<>();
    for (BareJid device : devices) {
      Optional<Contact> contact = mirror.contact(device);
      Power sheds = mirror.announced(device, Quantity.SHEDDABLE).orElse(Power.ZERO);
      unfit(contact, sheds)
          .ifPresentOrElse(
              why -> leftOut.put(device, why),
              () ->
                  found.add(
                      new Candidate(
                          device, contact.orElseThrow().tier(), sheds, fairness.of(device))));
    }
    found.sort(FAIRLY);
    return new Candidates(List.copyOf(found), leftOut);
  }

  private static Optional<String> unfit(Optional<Contact> contact, Power sheds) {
    if (contact.filter(known -> known.certainty().reachable()).isEmpty()) {
      return Optional.of("not there");
    }
    if (contact.get().areas().contains(Area.CRITICAL)) {
      return Optional.of("critical");
    }
    Optional<String> restricted =
        contact
            .get()
            .presence()
            .flatMap(said -> said.restriction())
            .filter(restriction -> !restriction.allows().contains(Verb.SHED))
            .map(restriction -> restriction.reason().wire());
    return restricted.or(
        () -> sheds.equals(Power.ZERO) ? Optional.of("nothing to shed") : Optional.empty());
  }

  /** How many of the first announce the goal together; all, if they do not. */
  int enough(Goal goal) {
    Power sum = Power.ZERO;
    int count = 0;
    while (count < inOrder.size() && sum.compareTo(goal.shed()) < 0) {
      sum = sum.plus(inOrder.get(count).sheds());
      count++;
    }
    return count;
  }
}
