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
import energy.muster.identity.Role;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.firmware.WaveControl;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out upgrades: lets their deliveries go wave by wave, and says why the others wait. All it
 * must know after a restart stands in the journal: the deliveries, the signed outcomes and reports,
 * and what people decided. Only for use at the desk.
 */
public final class Campaigns {
  private static final Logger LOG = LoggerFactory.getLogger(Campaigns.class);

  /** How long one that is over stays on the board. */
  private static final Duration SHOWN = Duration.ofHours(24);

  private final NavigableMap<DocumentId, CampaignRun> runs = new TreeMap<>();
  private final FirmwareRules rules;
  private final FirmwareProofs proofs;
  private final CurrentTrust trust;
  private final Ledger ledger;
  private final Lanes lanes;
  private final CampaignGates gates;
  private final Endings endings;
  private final Notices notices;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;

  public Campaigns(
      FirmwareRules rules,
      FirmwareProofs proofs,
      CurrentTrust trust,
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
    this.trust = trust;
    this.ledger = ledger;
    this.lanes = lanes;
    this.endings = endings;
    this.notices = notices;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
    this.gates = new CampaignGates(rules.groups(), ledger, lanes);
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

  /** Whether a second person must sign what so many have. */
  private boolean approved(Sealed sealed) {
    try {
      return !rules.twoPersons()
          || persons(trust.get().open(sealed, clock.instant()).signers()) > 1;
    } catch (Refused lapsed) {
      return false;
    }
  }

  private static long persons(List<Certified> signers) {
    return signers.stream().map(Certified::jid).distinct().count();
  }

  /** Its deliveries go to their lanes and wait there. */
  void prepare(OpenOrder order) {
    order.parcels().stream()
        .filter(parcel -> parcel.state() == DeliveryState.HELD)
        .forEach(parcel -> parcel.hold("held: waits for its wave"));
  }

  /** A new order is on disk. */
  void begin(OpenOrder order) {
    CampaignRun run = add(order);
    run.known = true;
    if (!run.approved) {
      askForApproval(run);
    }
    step(run);
  }

  private CampaignRun add(OpenOrder order) {
    CampaignRun run = new CampaignRun(order, approved(order.sealed()));
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

  private void askForApproval(CampaignRun run) {
    OpenOrder order = run.order;
    notices.tell(
        "approval-awaited",
        Optional.empty(),
        "%s orders %s for %d devices (order %s), which takes the signature of a second person"
            .formatted(
                order.issuer().local(), run.what(), order.parcels().size(), order.id().brief()),
        person ->
            !person.jid().equals(order.issuer())
                && order.covered(Set.of(Role.INSTALLER), person, ledger));
  }

  /** Goes on with one that a service before this one had begun. */
  void recover(OpenOrder order, List<Acted> acts) {
    CampaignRun run = add(order);
    acts.stream().filter(acted -> acted.act().order().equals(order.id())).forEach(run.acts::add);
    journal
        .order(order.id())
        .whenComplete((history, failure) -> desk.put(() -> recovered(run, history, failure)));
  }

  private void recovered(CampaignRun run, Optional<OrderHistory> history, Throwable failure) {
    if (failure != null) {
      LOG.error("what {} has brought so far cannot be read", run.order.id(), failure);
      return;
    }
    history.ifPresent(run::recall);
    run.known = true;
    // Of what was so before, somebody was told then.
    WaveControl.Decision stands = decide(run);
    run.told = Optional.of(stands.state());
    run.toldWave = stands.wave();
    step(run);
  }

  /** Whether these signatures are what this order waits for. */
  boolean completes(DocumentId order, List<Certified> signers) {
    return Optional.ofNullable(runs.get(order)).filter(run -> !run.approved).isPresent()
        && persons(signers) > 1;
  }

  /** A second person has signed it, which is on disk. */
  void approved(OpenOrder order, BareJid by) {
    CampaignRun run = runs.get(order.id());
    if (run != null && !run.approved) {
      run.approved = true;
      tell(run, "campaign-approved", "was approved by " + by.local());
      step(run);
    }
  }

  /** A device's signed outcome is on disk. */
  void concluded(OpenOrder order, BareJid device, Result result) {
    CampaignRun run = runs.get(order.id());
    if (run != null) {
      run.results.put(device, result);
      step(run);
    }
  }

  /** It has come, gone or changed, or has said what it runs. */
  public void look(BareJid device) {
    boolean redundant = gates.grouped(device);
    for (CampaignRun run : runs.values()) {
      if (!run.over() && (redundant || run.order.parcel(device).isPresent())) {
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

  private WaveControl.Decision decide(CampaignRun run) {
    return WaveControl.decide(
        run.upgrade().rollout(),
        run.members(parcel -> state(run, parcel)),
        run.will(),
        late(run),
        field(run));
  }

  private boolean late(CampaignRun run) {
    return !clock.instant().isBefore(run.order.command().executeBy());
  }

  /** How far this device is. */
  CampaignMember.State state(CampaignRun run, Parcel parcel) {
    return switch (parcel.state()) {
      case HELD -> heldBack(parcel) ? CampaignMember.State.WAITING : CampaignMember.State.BEGUN;
      case SENT, RECEIVED, EXECUTING -> CampaignMember.State.BEGUN;
      case UNCONFIRMED -> CampaignMember.State.UNCONFIRMED;
      case EXECUTED -> executed(run, parcel);
      case REFUSED -> refused(run, parcel);
      case FAILED, UNCERTAIN -> CampaignMember.State.FAILED;
      case EXPIRED, CANCELLED, SUPERSEDED -> CampaignMember.State.LEFT;
    };
  }

  private boolean heldBack(Parcel parcel) {
    return parcel.hold().isPresent() || lanes.heldFor(parcel).isPresent();
  }

  /** Its outcome alone does not count: it must also have signed that it runs it. */
  private CampaignMember.State executed(CampaignRun run, Parcel parcel) {
    if (proofs.proves(parcel.device(), run.order.id(), run.upgrade())) {
      return CampaignMember.State.SUCCEEDED;
    }
    return late(run) ? CampaignMember.State.FAILED : CampaignMember.State.BEGUN;
  }

  private CampaignMember.State refused(CampaignRun run, Parcel parcel) {
    return switch (run.refusal(parcel.device())) {
      case CANCELLED -> CampaignMember.State.LEFT;
      case ALREADY_THERE ->
          proofs.runs(parcel.device(), run.upgrade())
              ? CampaignMember.State.SUCCEEDED
              : CampaignMember.State.FAILED;
      default -> CampaignMember.State.FAILED;
    };
  }

  private WaveControl.Field field(CampaignRun run) {
    return gates.of(run.order.command(), device -> otherRun(run, device));
  }

  /** Another upgrade that has begun on it. */
  private Optional<DocumentId> otherRun(CampaignRun run, BareJid device) {
    return runs.values().stream()
        .filter(other -> other != run && !other.over())
        .filter(
            other ->
                other
                    .order
                    .parcel(device)
                    .filter(parcel -> state(other, parcel) == CampaignMember.State.BEGUN)
                    .isPresent())
        .map(other -> other.order.id())
        .findFirst();
  }

  private void step(CampaignRun run) {
    if (!run.known || run.over()) {
      return;
    }
    WaveControl.Decision decision = decide(run);
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
    run.stands(decision);
    for (BareJid device : decision.release()) {
      Parcel parcel = run.order.parcel(device).orElseThrow();
      parcel.occasion(decision.text());
      parcel.release();
      lanes.pump(device);
    }
    tellNews(run, decision);
  }

  private void tellNews(CampaignRun run, WaveControl.Decision decision) {
    CampaignState state = decision.state();
    boolean same = run.told.filter(state::equals).isPresent();
    boolean nextWave =
        state == CampaignState.RUNNING && decision.wave() != run.toldWave && run.told.isPresent();
    run.told = Optional.of(state);
    run.toldWave = decision.wave();
    if (nextWave && same) {
      tell(run, "campaign-wave", "goes on: " + decision.text());
    } else if (!same && state != CampaignState.RUNNING) {
      tell(run, "campaign-" + state.wire(), run.words(decision));
    }
  }

  private void tell(CampaignRun run, String kind, String what) {
    Notice notice =
        run.order.notice(
            clock.instant(),
            kind,
            Optional.empty(),
            run.order.parcels().size() + " devices to " + run.upgrade().version(),
            what);
    List<Entry> entries = new ArrayList<>();
    endings.owe(entries, notice);
    journal.appendSoon(entries);
    endings.tell(notice);
  }

  /** A person has decided, which is on disk. */
  void act(CampaignRun run, Acted acted) {
    run.acts.add(acted);
    if (acted.act().kind() == CampaignAct.Kind.RESUME) {
      tell(
          run,
          "campaign-resumed",
          "goes on, says %s: %s"
              .formatted(acted.act().header().issuer().local(), acted.act().reason()));
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
    return run.known ? decide(run) : run.unknown();
  }
}
