// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import energy.muster.branch.Mandate;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Result;
import energy.muster.presence.BranchSum;
import energy.muster.presence.Contact;
import energy.muster.refusal.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a master IED does when its branch nears its rating, and when what it did is no
 * longer needed; one order after the other. It knows no network and no clock. Used by one thread at
 * a time.
 */
public final class Warden {
  /** At this much of the rating something must be done. */
  static final BigDecimal NEAR = new BigDecimal("0.95");

  /** Relief is for this much; what is undone must leave the branch below it. */
  static final BigDecimal WELL_BELOW = new BigDecimal("0.90");

  /** After an order, until what it did shows in the sum. */
  private static final Duration SETTLES = Duration.ofSeconds(3);

  private final Deque<Relief> reliefs = new ArrayDeque<>();
  private final Set<BareJid> tried = new HashSet<>();
  private Optional<Mandate> mandate = Optional.empty();
  private Optional<Instant> near = Optional.empty();
  private Optional<Instant> below = Optional.empty();
  private Instant notBefore = Instant.MIN;
  private boolean pending;
  private boolean asked;

  /** It may do this from now on, and what it may have done before counts no more. */
  public void mandate(Mandate given) {
    mandate = Optional.of(given);
    asked = false;
    tried.clear();
  }

  public Optional<Mandate> mandate() {
    return mandate;
  }

  /**
   * Looks at the branch as it is now.
   *
   * @param onDelay how long it must be near its rating before something is done
   * @param offDelay how long it must be well below before something is undone
   */
  public Optional<Decision> decide(
      BranchSum sum,
      Collection<Contact> contacts,
      Duration onDelay,
      Duration offDelay,
      Instant now) {
    if (pending || now.isBefore(notBefore)) {
      return Optional.empty();
    }
    reliefs.removeIf(relief -> known(relief, contacts).filter(relief::undone).isPresent());
    BigDecimal carried = sum.flow().subtract(promised(contacts));
    if (carried.compareTo(part(sum, NEAR)) >= 0) {
      below = Optional.empty();
      near = near.or(() -> Optional.of(now));
      return near.get().plus(onDelay).isAfter(now)
          ? Optional.empty()
          : relieve(sum, contacts, carried.subtract(part(sum, WELL_BELOW)), now);
    }
    near = Optional.empty();
    // What is only promised may yet not come.
    if (sum.flow().compareTo(part(sum, WELL_BELOW)) <= 0) {
      tried.clear();
      asked = false;
    }
    return undo(sum, contacts, offDelay, now);
  }

  /** When to look again though nothing has changed. */
  public Optional<Instant> due(Duration onDelay, Duration offDelay, Instant now) {
    return List.of(
            Optional.of(notBefore),
            near.map(since -> since.plus(onDelay)),
            below.map(since -> since.plus(offDelay)))
        .stream()
        .flatMap(Optional::stream)
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  private static BigDecimal part(BranchSum sum, BigDecimal share) {
    return sum.rating().kilowatts().multiply(share);
  }

  private static Optional<Contact> known(Relief relief, Collection<Contact> contacts) {
    return contacts.stream()
        .filter(contact -> contact.device().equals(relief.device()))
        .findFirst();
  }

  private BigDecimal promised(Collection<Contact> contacts) {
    return reliefs.stream()
        .filter(relief -> known(relief, contacts).filter(relief::promised).isPresent())
        .map(relief -> relief.power().kilowatts())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Optional<Decision> relieve(
      BranchSum sum, Collection<Contact> contacts, BigDecimal needed, Instant now) {
    Power less = Power.kilowatts(needed.setScale(3, RoundingMode.UP));
    String state =
        "%s carries %s of %s (%s %%)"
            .formatted(
                sum.area(),
                Power.kilowatts(sum.flow()),
                sum.rating(),
                sum.percent().stripTrailingZeros().toPlainString());
    if (inForce(now).isPresent()) {
      Mandate given = inForce(now).get();
      Means means =
          new Means(given, contacts, tried, given.max().minus(moved()), sum.load().certain());
      for (Verb verb : given.verbs()) {
        List<Decision.Share> shares = means.with(verb, less);
        if (!shares.isEmpty()) {
          return Optional.of(new Decision.Give(verb, shares, state));
        }
      }
    }
    if (asked) {
      return Optional.empty();
    }
    asked = true;
    return Optional.of(
        new Decision.Ask(state + " and should carry " + less + " less: " + lacking(now)));
  }

  private Optional<Mandate> inForce(Instant now) {
    return mandate.filter(given -> !given.endedAt(now));
  }

  private String lacking(Instant now) {
    return mandate
        .map(
            given ->
                spoken(given)
                    + (given.endedAt(now)
                        ? " ended at " + given.until()
                        : " leaves nothing more to do"))
        .orElse("there is no mandate");
  }

  /** How people tell one mandate from another. */
  public static String spoken(Mandate mandate) {
    return "mandate %s of %s"
        .formatted(mandate.header().id().brief(), mandate.header().issuer().local());
  }

  private Power moved() {
    return reliefs.stream().map(Relief::power).reduce(Power.ZERO, Power::plus);
  }

  /** The last relief first, one at a time. */
  private Optional<Decision> undo(
      BranchSum sum, Collection<Contact> contacts, Duration offDelay, Instant now) {
    Optional<Relief> last =
        Optional.ofNullable(reliefs.peekLast())
            .filter(
                relief -> inForce(now).filter(it -> it.verbs().contains(relief.undo())).isPresent())
            .filter(
                relief ->
                    known(relief, contacts)
                        .filter(contact -> contact.certainty().reachable())
                        .isPresent())
            .filter(
                relief ->
                    sum.flow().add(relief.power().kilowatts()).compareTo(part(sum, WELL_BELOW))
                        <= 0);
    if (last.isEmpty()) {
      below = Optional.empty();
      return Optional.empty();
    }
    below = below.or(() -> Optional.of(now));
    if (below.get().plus(offDelay).isAfter(now)) {
      return Optional.empty();
    }
    below = Optional.empty();
    Relief relief = last.get();
    return Optional.of(
        new Decision.Give(
            relief.undo(),
            List.of(new Decision.Share(relief.device(), Optional.empty())),
            "%s has room for %s again".formatted(sum.area(), relief.power())));
  }

  /** The order is on its way; nothing else is decided until it has ended. */
  public void given(Decision.Give order) {
    pending = true;
    if (Mandate.MEASURED.contains(order.verb())) {
      order.shares().forEach(share -> tried.add(share.device()));
    }
  }

  /** One of its devices has answered. */
  public void answered(Verb verb, Decision.Share share, Result result) {
    if (Mandate.MEASURED.contains(verb)) {
      if (result instanceof Result.Executed done) {
        reliefs.add(
            new Relief(
                share.device(), verb, done.shed().orElseGet(() -> share.most().orElseThrow())));
      } else if (result instanceof Result.Uncertain) {
        reliefs.add(new Relief(share.device(), verb, share.most().orElseThrow()));
      }
    } else if (result instanceof Result.Executed || alreadyThere(result)) {
      reliefs.removeIf(relief -> relief.device().equals(share.device()));
    } else {
      // Not at once again: the others are undone first.
      later(share.device());
    }
  }

  private static boolean alreadyThere(Result result) {
    return result instanceof Result.Declined no && no.refusal().reason() == Reason.ALREADY_THERE;
  }

  private void later(BareJid device) {
    List<Relief> moved = reliefs.stream().filter(relief -> relief.device().equals(device)).toList();
    reliefs.removeAll(moved);
    moved.forEach(reliefs::addFirst);
  }

  /** One has not answered in time: it may have done it. */
  public void silent(Verb verb, Decision.Share share) {
    if (Mandate.MEASURED.contains(verb)) {
      reliefs.add(new Relief(share.device(), verb, share.most().orElseThrow()));
    }
  }

  /** The order has ended, one way or another. */
  public void ended(Instant now) {
    pending = false;
    notBefore = now.plus(SETTLES);
  }
}
