// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.Contact;
import energy.muster.presence.Quantity;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.goal.Candidate;
import energy.muster.service.goal.Floors;
import energy.muster.service.goal.GoalRules;
import energy.muster.service.goal.Pursuit;
import energy.muster.service.goal.Setbacks;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries out orders with a goal: hands candidates to their lanes until the goal is met, and ends
 * the rest. All it must know after a restart stands in the journal: who was asked, by the state of
 * the delivery, and who has shed how much, by the signed outcome. Only for use at the desk.
 */
public final class Goals {
  /** One order that is being pursued, or whose candidates have not all answered. */
  private static final class Run {
    private final OpenOrder order;
    private final Pursuit pursuit;
    private final Setbacks setbacks = new Setbacks();

    /** Before that, a candidate that is not there may only not be back yet. */
    private boolean settled;

    private boolean known;

    private Run(OpenOrder order, boolean isNew) {
      this.order = order;
      this.settled = isNew;
      this.known = isNew;
      this.pursuit =
          new Pursuit(
              order.command().goal().orElseThrow().shed(),
              order.parcels().stream().map(parcel -> candidate(parcel.delivery().leaf())).toList());
    }

    private static Candidate candidate(Leaf leaf) {
      return new Candidate(leaf.device(), leaf.max().orElse(Power.ZERO));
    }
  }

  /** The oldest first. */
  private final NavigableMap<DocumentId, Run> runs = new TreeMap<>();

  /** Those of them that have not ended; any thread. */
  private final Set<DocumentId> pursued = ConcurrentHashMap.newKeySet();

  private final GoalRules rules;
  private final Duration grace;
  private final Ledger ledger;
  private final Lanes lanes;
  private final Endings endings;
  private final Recall recall;
  private final Timetable timetable;
  private final InstantSource clock;
  private final Floors floors;

  public Goals(
      GoalRules rules,
      Duration grace,
      Ledger ledger,
      Lanes lanes,
      Endings endings,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.rules = rules;
    this.grace = grace;
    this.ledger = ledger;
    this.lanes = lanes;
    this.endings = endings;
    this.recall = new Recall(journal, timetable, desk);
    this.timetable = timetable;
    this.clock = clock;
    this.floors = new Floors(rules.floors(), ledger::contacts);
  }

  /** Whether candidates of this order's goal are still being asked; any thread. */
  public boolean pursues(DocumentId order) {
    return pursued.contains(order);
  }

  /** A new order is on disk: its first candidates are asked. */
  void begin(OpenOrder order) {
    Run run = new Run(order, true);
    runs.put(order.id(), run);
    pursued.add(order.id());
    awaitEnd(run);
    step(run);
  }

  /** Goes on with one that a service before this one had begun. */
  void recover(OpenOrder order) {
    if (order.over()) {
      return;
    }
    Run run = new Run(order, false);
    runs.put(order.id(), run);
    pursued.add(order.id());
    for (Parcel parcel : order.parcels()) {
      if (parcel.over()) {
        run.pursuit.out(parcel.device());
      } else if (parcel.state() != DeliveryState.HELD) {
        run.pursuit.wasAsked(parcel.device());
        doNotWaitForEver(run, parcel);
      }
    }
    awaitEnd(run);
    timetable.after(
        grace,
        () -> {
          run.settled = true;
          step(run);
        });
    recall.read(order.id(), history -> counted(run, history));
  }

  private void awaitEnd(Run run) {
    Command command = run.order.command();
    timetable.at(command.deliverBy(), () -> step(run));
    timetable.at(command.executeBy(), () -> step(run));
  }

  private void counted(Run run, Optional<OrderHistory> history) {
    history.stream()
        .flatMap(all -> all.evidence().stream())
        .filter(each -> each.kind() == OrderHistory.Kind.OUTCOME)
        // It was checked before it was journaled, perhaps by a key that has lapsed since.
        .forEach(
            each -> count(run, each.device(), Outcome.read(each.document().unverified()).result()));
    // Whom that was made up from was asked by the service before.
    var unused = run.setbacks.news();
    run.known = true;
    step(run);
  }

  /** A device's signed outcome is on disk. */
  void concluded(OpenOrder order, BareJid device, Result result) {
    Run run = runs.get(order.id());
    if (run != null) {
      count(run, device, result);
      step(run);
    }
  }

  private static void count(Run run, BareJid device, Result result) {
    run.setbacks.note(
        device, run.order.parcel(device).orElseThrow().leaf().max().orElse(Power.ZERO), result);
    if (result instanceof Result.Executed executed) {
      run.pursuit.shed(device, executed.shed().orElse(Power.ZERO));
    } else {
      run.pursuit.out(device);
    }
  }

  /** It has come, gone or changed. */
  public void look(BareJid device) {
    for (Run run : List.copyOf(runs.values())) {
      if (run.order.parcel(device).isPresent() && !run.pursuit.ended()) {
        step(run);
      }
    }
  }

  /** Deliveries of it have ended without a device's word. */
  void look(DocumentId order) {
    Optional.ofNullable(runs.get(order)).ifPresent(this::step);
  }

  private void step(Run run) {
    if (!run.known || run.pursuit.ended()) {
      forgetIfOver(run);
      return;
    }
    run.order.parcels().forEach(parcel -> notice(run, parcel));
    Instant now = clock.instant();
    if (!now.isBefore(run.order.command().deliverBy())) {
      finish(run);
      return;
    }
    List<BareJid> next = run.pursuit.ask(field());
    Optional<String> instead = next.isEmpty() ? Optional.empty() : run.setbacks.news();
    for (BareJid device : next) {
      Parcel parcel = run.order.parcel(device).orElseThrow();
      parcel.occasion(
          "asked for at most "
              + parcel.leaf().max().orElse(Power.ZERO)
              + instead.map(what -> ", to make up for " + what).orElse(""));
      doNotWaitForEver(run, parcel);
      lanes.of(device).add(parcel);
    }
    switch (run.pursuit.verdict()) {
      case MET -> finish(run);
      case SHORT -> {
        if (run.settled) {
          finish(run);
        }
      }
      case PURSUED -> {}
    }
  }

  /** Takes account of what became of a delivery by itself. */
  private void notice(Run run, Parcel parcel) {
    BareJid device = parcel.device();
    boolean asked = run.pursuit.unanswered(device);
    if (asked && parcel.state() == DeliveryState.HELD && lanes.reachable(device).isEmpty()) {
      // It never went out, and a goal does not wait until somebody comes back.
      endings.end(
          run.order,
          List.of(parcel.move(DeliveryState.CANCELLED, clock.instant(), "away when it was asked")),
          Optional.empty());
    }
    boolean itsWord =
        switch (parcel.state()) {
          case EXECUTED, REFUSED, FAILED -> true;
          default -> false;
        };
    if (parcel.settled() && !itsWord && (asked || run.pursuit.waits(device))) {
      run.pursuit.out(device);
    }
  }

  private void doNotWaitForEver(Run run, Parcel parcel) {
    timetable.after(
        rules.patience(),
        () -> {
          if (run.pursuit.silent(parcel.device())) {
            run.setbacks.silent(parcel.device());
          }
          step(run);
        });
  }

  private Pursuit.Field field() {
    Floors.Standing standing = floors.now();
    return new Pursuit.Field() {
      @Override
      public Optional<Power> announced(BareJid device) {
        return lanes
            .reachable(device)
            .flatMap(session -> ledger.contact(device))
            .map(contact -> Floors.announced(contact, Quantity.SHEDDABLE));
      }

      @Override
      public Optional<String> forbids(Candidate candidate, Set<BareJid> perhapsShed) {
        Optional<Contact> contact = ledger.contact(candidate.device());
        if (contact.filter(known -> known.areas().contains(Area.CRITICAL)).isPresent()) {
          return Optional.of("a critical load is never shed");
        }
        Set<BareJid> all = new HashSet<>(perhapsShed);
        runs.values().forEach(run -> all.addAll(perhapsShed(run)));
        return standing.forbids(candidate, all);
      }
    };
  }

  /** Of one that has ended, presence knows by now who has shed; not who may yet. */
  private static Set<BareJid> perhapsShed(Run run) {
    Set<BareJid> devices = new HashSet<>(run.pursuit.perhapsShed());
    if (run.pursuit.ended()) {
      devices.removeIf(device -> !run.pursuit.unanswered(device));
    }
    return devices;
  }

  private void finish(Run run) {
    Instant now = clock.instant();
    boolean met = run.pursuit.verdict() == Pursuit.Verdict.MET;
    List<Entry> entries = new ArrayList<>();
    pursued.remove(run.order.id());
    Map<BareJid, String> notAsked = run.pursuit.end();
    notAsked.forEach(
        (device, why) ->
            entries.add(
                run.order.parcel(device).orElseThrow().move(DeliveryState.CANCELLED, now, why)));
    run.order.parcels().stream()
        .filter(parcel -> parcel.state() == DeliveryState.HELD)
        .forEach(
            parcel ->
                entries.add(
                    parcel.move(DeliveryState.CANCELLED, now, "never sent: the goal has ended")));
    Notice told =
        run.order.notice(
            now,
            met ? "goal-met" : "goal-short",
            Optional.empty(),
            run.pursuit.goal().toString(),
            met
                ? "is met: " + run.pursuit.words()
                : "cannot be met: " + run.pursuit.words() + run.setbacks.words(notAsked));
    endings.end(run.order, entries, Optional.of(told));
    forgetIfOver(run);
  }

  private void forgetIfOver(Run run) {
    boolean late = !clock.instant().isBefore(run.order.command().executeBy());
    if (run.known && run.pursuit.ended() && (run.order.settled() || late)) {
      runs.remove(run.order.id());
    }
  }
}
