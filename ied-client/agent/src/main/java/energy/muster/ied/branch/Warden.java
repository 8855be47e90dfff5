// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import energy.muster.branch.Mandate;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Result;
import energy.muster.presence.BranchSum;
import energy.muster.presence.Contact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** No order is carried out any more so long after it was given. */
  private static final Duration ORDERS_END = Duration.ofMinutes(1);

  private final Reliefs reliefs;
  private final Moves moves;
  private final Set<BareJid> tried = new HashSet<>();
  private Optional<Mandate> mandate = Optional.empty();
  private Optional<Instant> near = Optional.empty();
  private Optional<Instant> below = Optional.empty();
  private Instant notBefore = Instant.MIN;
  private Optional<Instant> resumed = Optional.empty();
  private Instant certainFrom = Instant.MIN;
  private Optional<Switching> switching = Optional.empty();
  private Optional<Decision.Ask> concern = Optional.empty();
  private boolean pending;
  private boolean answered;
  private boolean asked;
  private boolean stays;

  /**
   * @param reliefs what it has done before
   * @param moves what it had begun and not ended when its process ended
   */
  public Warden(Reliefs reliefs, Moves moves) {
    this.reliefs = reliefs;
    this.moves = moves;
    moves.ties().forEach(reliefs::defer);
  }

  /** It may do this from now on, and what it may have done before counts no more. */
  public void mandate(Mandate given) {
    mandate = Optional.of(given);
    asked = false;
    stays = false;
    tried.clear();
  }

  public Optional<Mandate> mandate() {
    return mandate;
  }

  /** Looks at the branch as it is now. */
  public Optional<Decision> decide(
      BranchSum sum, Collection<Contact> contacts, Rules rules, Instant now) {
    if (pending || now.isBefore(notBefore)) {
      return Optional.empty();
    }
    if (switching.isPresent()) {
      return switching.map(Switching::next);
    }
    resumed = resumed.or(() -> Optional.of(moves.count() == 0 ? now : now.plus(ORDERS_END)));
    Optional<Decision> worry = concern(contacts, now);
    if (worry.isPresent()) {
      return worry;
    }
    // What was ordered before a restart may still be carried out.
    if (resumed.filter(now::isBefore).isPresent()) {
      return Optional.empty();
    }
    if (!now.isBefore(certainFrom)) {
      moves.settled(contacts).forEach(move -> over(move, move.transfer().isMoved(contacts)));
    }
    reliefs.forgetUndone(contacts);
    BigDecimal carried = sum.flow().subtract(reliefs.promised(contacts));
    if (carried.compareTo(part(sum, NEAR)) >= 0) {
      below = Optional.empty();
      near = near.or(() -> Optional.of(now));
      return near.get().plus(rules.onDelay()).isAfter(now)
          ? Optional.empty()
          : relieve(sum, contacts, rules, carried.subtract(part(sum, WELL_BELOW)), now);
    }
    near = Optional.empty();
    // What is only promised may yet not come.
    if (sum.flow().compareTo(part(sum, WELL_BELOW)) <= 0) {
      tried.clear();
      asked = false;
    }
    return undo(sum, contacts, rules, now);
  }

  /** What a person must be told at once, whatever the branch carries. */
  private Optional<Decision> concern(Collection<Contact> contacts, Instant now) {
    if (concern.isPresent()) {
      Optional<Decision> told = concern.map(Decision.class::cast);
      concern = Optional.empty();
      return told;
    }
    Optional<Decision> cutShort = moves.cutShort(contacts).map(Decision.class::cast);
    if (cutShort.isPresent()) {
      return cutShort;
    }
    boolean over = mandate.filter(given -> given.endedAt(now)).isPresent();
    if (!over || stays || reliefs.ties().isEmpty()) {
      return Optional.empty();
    }
    // A load that was shed comes back by itself; a switch never moves because a time is up.
    stays = true;
    String ties = reliefs.ties().stream().map(BareJid::local).collect(Collectors.joining(", "));
    return Optional.of(
        new Decision.Ask(lacking(now) + ": " + ties + " stays closed until a person opens it"));
  }

  /** When to look again though nothing has changed. */
  public Optional<Instant> due(Rules rules, Instant now) {
    return List.of(
            Optional.of(notBefore),
            resumed,
            Optional.of(certainFrom),
            near.map(since -> since.plus(rules.onDelay())),
            below.map(since -> since.plus(rules.offDelay())),
            mandate.map(Mandate::until))
        .stream()
        .flatMap(Optional::stream)
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  private static BigDecimal part(BranchSum sum, BigDecimal share) {
    return sum.rating().kilowatts().multiply(share);
  }

  private Optional<Decision> relieve(
      BranchSum sum, Collection<Contact> contacts, Rules rules, BigDecimal needed, Instant now) {
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
          new Means(
              given,
              contacts,
              rules.transfers(),
              withoutRelief(),
              given.max().minus(reliefs.moved()).minus(moves.perhaps()),
              sum.load().certain());
      for (Verb verb : given.verbs()) {
        Optional<Decision> relief = relieve(means, verb, less, state);
        if (relief.isPresent()) {
          return relief;
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

  /** Whoever was asked, and ties of which it is not certain how they stand. */
  private Set<BareJid> withoutRelief() {
    Set<BareJid> all = new HashSet<>(tried);
    all.addAll(moves.ties());
    return all;
  }

  private Optional<Decision> relieve(Means means, Verb verb, Power less, String state) {
    if (verb == Verb.CLOSE) {
      switching = means.transfer(less).map(best -> Switching.away(best, means.load(best), state));
      return switching.map(Switching::next);
    }
    List<Decision.Share> shares = means.with(verb, less);
    return shares.isEmpty()
        ? Optional.empty()
        : Optional.of(new Decision.Give(Instruction.plain(verb), shares, state));
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

  /** The last relief first, one at a time. */
  private Optional<Decision> undo(
      BranchSum sum, Collection<Contact> contacts, Rules rules, Instant now) {
    Optional<Relief> last =
        reliefs
            .last()
            .filter(relief -> mayUndo(relief, now))
            .filter(
                relief ->
                    Reliefs.known(relief, contacts)
                        .filter(contact -> contact.certainty().reachable())
                        .isPresent())
            .filter(
                relief ->
                    sum.flow()
                            .add(returning(relief, contacts, rules).kilowatts())
                            .compareTo(part(sum, WELL_BELOW))
                        <= 0);
    if (last.isEmpty()) {
      below = Optional.empty();
      return Optional.empty();
    }
    below = below.or(() -> Optional.of(now));
    if (below.get().plus(rules.offDelay()).isAfter(now)) {
      return Optional.empty();
    }
    below = Optional.empty();
    Relief relief = last.get();
    String why = "%s has room for %s again".formatted(sum.area(), relief.power());
    if (relief.verb() == Verb.CLOSE) {
      switching = transfer(relief, rules).map(back -> Switching.back(back, relief.power(), why));
      return switching.map(Switching::next);
    }
    return Optional.of(
        new Decision.Give(
            Instruction.plain(relief.undo()),
            List.of(new Decision.Share(relief.device(), Optional.empty())),
            why));
  }

  private boolean mayUndo(Relief relief, Instant now) {
    return inForce(now)
        .filter(it -> !moves.ties().contains(relief.device()))
        .filter(it -> it.verbs().contains(relief.undo()))
        .filter(it -> relief.verb() != Verb.CLOSE || it.verbs().contains(Verb.CLOSE))
        .isPresent();
  }

  private static Optional<Transfer> transfer(Relief relief, Rules rules) {
    return rules.transfers().stream().filter(it -> it.tie().equals(relief.device())).findFirst();
  }

  /** What the branch would carry more: what a part of it draws now, not what it drew then. */
  private static Power returning(Relief relief, Collection<Contact> contacts, Rules rules) {
    return relief.verb() == Verb.CLOSE
        ? transfer(relief, rules).map(back -> back.load(contacts)).orElse(relief.power())
        : relief.power();
  }

  /**
   * The order is on its way; nothing else is decided until it has ended.
   *
   * @return whether what is remembered now must be on disk before the order goes out
   */
  public boolean given(Decision.Give order) {
    pending = true;
    answered = false;
    if (Mandate.MEASURED.contains(order.verb())) {
      order.shares().forEach(share -> tried.add(share.device()));
    }
    return switching.map(under -> moves.begin(under.move())).orElse(false);
  }

  /** One of its devices has answered. */
  public void answered(Verb verb, Decision.Share share, Result result) {
    answered = true;
    if (switching.isPresent()) {
      switching.get().answered(result);
    } else if (Mandate.MEASURED.contains(verb)) {
      if (result instanceof Result.Executed done) {
        reliefs.add(
            new Relief(
                share.device(), verb, done.shed().orElseGet(() -> share.most().orElseThrow())));
      } else if (result instanceof Result.Uncertain) {
        reliefs.add(new Relief(share.device(), verb, share.most().orElseThrow()));
      }
    } else if (result instanceof Result.Executed || Switching.isAlreadyThere(result)) {
      reliefs.forget(share.device());
    } else {
      // Not at once again: the others are undone first.
      reliefs.defer(share.device());
    }
  }

  /** One has not answered in time: it may have done it. */
  public void silent(Verb verb, Decision.Share share) {
    answered = true;
    if (switching.isPresent()) {
      switching.get().silent();
    } else if (Mandate.MEASURED.contains(verb)) {
      reliefs.add(new Relief(share.device(), verb, share.most().orElseThrow()));
    }
  }

  /** The order has ended, one way or another. */
  public void ended(Instant now) {
    pending = false;
    notBefore = now.plus(SETTLES);
    if (switching.isPresent()) {
      Switching move = switching.get();
      if (!answered) {
        move.refused("the service has not taken the order");
      }
      if (move.state() == Switching.State.UNDER_WAY) {
        notBefore = now;
      } else {
        switching = Optional.empty();
        ended(move, now);
      }
    }
  }

  private void ended(Switching switched, Instant now) {
    Move move = switched.move();
    if (switched.state() == Switching.State.DONE) {
      over(move, move.away());
      return;
    }
    tried.add(move.tie());
    reliefs.defer(move.tie());
    if (switched.state() == Switching.State.LEFT) {
      concern = Optional.of(new Decision.Ask(switched.trouble()));
      certainFrom = now.plus(ORDERS_END);
    } else {
      moves.end(move);
    }
  }

  /** It is certain who feeds the part now. */
  private void over(Move move, boolean moved) {
    moves.end(move);
    if (moved && !move.away()) {
      return;
    }
    reliefs.forget(move.tie());
    if (moved) {
      reliefs.add(new Relief(move.tie(), Verb.CLOSE, move.power()));
    }
  }
}
