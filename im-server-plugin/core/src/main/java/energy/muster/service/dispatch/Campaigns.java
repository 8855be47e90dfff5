// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.firmware.WaveControl;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Carries out upgrades: lets their deliveries go wave by wave, and says why the others wait. All it
 * must know after a restart stands in the journal: the deliveries, the signed outcomes and reports,
 * and what people decided. Only for use at the desk.
 */
public final class Campaigns {
  /** How long one that is over stays on the board. */
  private static final Duration SHOWN = Duration.ofHours(24);

  private final NavigableMap<DocumentId, CampaignRun> runs = new TreeMap<>();
  private final FirmwareRules rules;
  private final FirmwareProofs proofs;
  private final Lanes lanes;
  private final CampaignGates gates;
  private final CampaignStandings standings;
  private final CampaignNews news;
  private final Journal journal;
  private final Recall recall;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;

  public Campaigns(
      FirmwareRules rules,
      FirmwareProofs proofs,
      Ledger ledger,
      Lanes lanes,
      Endings endings,
      Notices notices,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.rules = rules;
    this.proofs = proofs;
    this.lanes = lanes;
    this.journal = journal;
    this.recall = new Recall(journal, timetable, desk);
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
    this.gates = new CampaignGates(rules, ledger, lanes);
    this.standings = new CampaignStandings(runs.values(), proofs, gates, lanes, clock);
    this.news = new CampaignNews(ledger, endings, notices, journal, clock);
  }

  /** Whether this order goes by waves. */
  static boolean controls(Command command) {
    return command.instruction() instanceof Instruction.Upgrade;
  }

  /** Why this must not be ordered, if it is an upgrade. */
  Optional<Refusal> refuse(Command command) {
    return command.instruction() instanceof Instruction.Upgrade upgrade
        ? proofs.refuse(upgrade)
        : Optional.empty();
  }

  /**
   * Whether it has all the signatures it needs: whoever signed was checked before it was kept, and
   * what was approved stays so when a certificate has ended since.
   */
  private boolean approved(Sealed kept) {
    return !rules.twoPersons() || kept.unverifiedSignatures() > 1;
  }

  /** Why the deliveries of a new order wait until it is on disk, and some of them longer. */
  Map<BareJid, String> first(CheckedOrder order) {
    return controls(order.command())
        ? standings.first(order.command(), order.targets().leaves(), approved(order.sealed()))
        : Map.of();
  }

  /** Its deliveries go to their lanes and wait there. */
  void prepare(OpenOrder order) {
    order.parcels().stream()
        .filter(parcel -> parcel.state() == DeliveryState.HELD)
        .forEach(parcel -> parcel.hold(parcel.delivery().text()));
  }

  /** A new order is on disk. */
  void begin(OpenOrder order) {
    CampaignRun run = add(order);
    run.known = true;
    if (!run.approved) {
      news.approvalAwaited(run);
    }
    order.parcels().forEach(parcel -> standings.look(run, parcel));
    step(run);
  }

  private CampaignRun add(OpenOrder order) {
    CampaignRun run = new CampaignRun(order, approved(order.sealed()), rules.patience());
    runs.put(order.id(), run);
    timetable.at(order.command().deliverBy(), () -> soon(run));
    timetable.at(order.command().executeBy(), () -> soon(run));
    timetable.at(order.command().executeBy().plus(SHOWN), () -> forget(run));
    return run;
  }

  private void forget(CampaignRun run) {
    runs.remove(run.order.id());
    proofs.forget(run.order.id());
  }

  /** Goes on with one that a service before this one had begun. */
  void recover(OpenOrder order, List<Acted> acts) {
    CampaignRun run = add(order);
    acts.stream().filter(acted -> acted.act().order().equals(order.id())).forEach(run.acts::add);
    recall.read(order.id(), history -> recovered(run, history));
  }

  private void recovered(CampaignRun run, Optional<OrderHistory> history) {
    history.ifPresent(run::recall);
    run.known = true;
    // Of what was so before, somebody was told then.
    run.order.parcels().forEach(parcel -> standings.look(run, parcel));
    WaveControl.Decision stands = standings.of(run);
    run.told = Optional.of(stands.state());
    run.toldWave = stands.wave();
    step(run);
  }

  /** Whether these signatures are what this order waits for. */
  boolean completes(DocumentId order, List<Certified> signers) {
    return Optional.ofNullable(runs.get(order)).filter(run -> !run.approved).isPresent()
        && signers.stream().map(Certified::jid).distinct().count() > 1;
  }

  /** A second person has signed it, which is on disk. */
  void approved(OpenOrder order, BareJid by) {
    CampaignRun run = runs.get(order.id());
    if (run != null && !run.approved) {
      run.approved = true;
      news.approved(run, by);
      step(run);
    }
  }

  /** A device's signed outcome is on disk. */
  void concluded(OpenOrder order, BareJid device, Result result) {
    CampaignRun run = runs.get(order.id());
    if (run != null) {
      run.results.put(device, result);
      step(run);
      // Another upgrade may have waited for it.
      look(device);
    }
  }

  /** It has come, gone or changed, or has said what it runs. */
  public void look(BareJid device) {
    boolean redundant = gates.grouped(device);
    for (CampaignRun run : runs.values()) {
      Optional<Parcel> own = run.order.parcel(device);
      if (!run.over() && (redundant || own.isPresent())) {
        own.ifPresent(parcel -> standings.look(run, parcel));
        soon(run);
      }
    }
  }

  /** Deliveries of it have ended without a device's word. */
  void look(DocumentId order) {
    Optional.ofNullable(runs.get(order)).ifPresent(this::soon);
  }

  /** Once for all that happens now. */
  private void soon(CampaignRun run) {
    if (!run.pending) {
      run.pending = true;
      desk.put(
          () -> {
            run.pending = false;
            step(run);
          });
    }
  }

  private void step(CampaignRun run) {
    if (!run.known || run.over()) {
      return;
    }
    WaveControl.Decision decision = standings.of(run);
    hold(run, decision);
    run.stands(decision);
    for (BareJid device : decision.release()) {
      Parcel parcel = run.order.parcel(device).orElseThrow();
      parcel.occasion(decision.text());
      parcel.release();
      run.places.begins(device);
      lanes.pump(device);
    }
    news.stands(run, decision);
    mind(run, decision);
  }

  private void hold(CampaignRun run, WaveControl.Decision decision) {
    Instant now = clock.instant();
    List<Entry> moves = new ArrayList<>();
    decision
        .held()
        .forEach(
            (device, why) -> {
              Parcel parcel = run.order.parcel(device).orElseThrow();
              parcel.hold(why);
              if (!parcel.delivery().text().equals(why)) {
                moves.add(parcel.move(DeliveryState.HELD, now, why));
              }
            });
    if (!moves.isEmpty()) {
      journal.appendSoon(moves);
    }
  }

  /** Whoever is away is waited for, but not for ever. */
  private void mind(CampaignRun run, WaveControl.Decision decision) {
    Instant now = clock.instant();
    decision.stalled().forEach(device -> run.places.look(device, true, now));
    boolean others = decision.wave() < run.waves().size();
    if (others && decision.state() == CampaignState.RUNNING) {
      news.passed(run, run.newlyPassed(now));
    }
    run.places
        .next(now)
        .filter(next -> !run.wakes.equals(Optional.of(next)))
        .ifPresent(
            next -> {
              run.wakes = Optional.of(next);
              timetable.at(next, () -> soon(run));
            });
  }

  /** A person has decided, which is on disk. */
  void act(CampaignRun run, Acted acted) {
    run.acts.add(acted);
    if (acted.act().kind() == CampaignAct.Kind.RESUME) {
      news.resumed(run, acted);
    }
    step(run);
  }

  Optional<CampaignRun> run(DocumentId order) {
    return Optional.ofNullable(runs.get(order));
  }

  /** The newest first. */
  Collection<CampaignRun> runs() {
    return runs.descendingMap().values();
  }

  /** How it stands now. */
  WaveControl.Decision stands(CampaignRun run) {
    return run.known ? standings.of(run) : run.unknown();
  }

  /** How far this device is. */
  CampaignMember.State state(CampaignRun run, Parcel parcel) {
    return standings.state(run, parcel);
  }
}
