// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Instruction;
import energy.muster.command.Rights;
import energy.muster.command.Verb;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.CampaignState;
import energy.muster.firmware.UpdateProgress;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.firmware.WaveControl;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.OrderHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** One upgrade that goes on, or has lately. Only for use at the desk. */
final class CampaignRun {
  private static final int MOST_NAMED = 5;
  private static final Set<Role> HOLD_BACK =
      EnumSet.of(Role.OPERATOR, Role.ENGINEER, Role.INSTALLER);

  final OpenOrder order;
  final List<Acted> acts = new ArrayList<>();
  final Map<BareJid, Result> results = new HashMap<>();
  Optional<CampaignState> told = Optional.empty();
  int toldWave;
  boolean approved;
  boolean known;
  boolean pending;

  /** Who takes which place in the waves. */
  final Places places;

  /** When it is looked at again though nothing happens. */
  Optional<Instant> wakes = Optional.empty();

  private final Set<BareJid> toldPassed = new HashSet<>();

  /**
   * One that begins.
   *
   * @param usual how long it waits for a device that cannot begin, where it does not say
   */
  CampaignRun(OpenOrder order, boolean approved, Duration usual) {
    this.order = order;
    this.approved = approved;
    this.places = new Places(order, upgrade().rollout().patience().orElse(usual));
  }

  Instruction.Upgrade upgrade() {
    return (Instruction.Upgrade) order.command().instruction();
  }

  String what() {
    return upgrade().product() + " " + upgrade().version();
  }

  /** How many devices each wave has. */
  List<Integer> waves() {
    return upgrade().rollout().sizes(order.parcels().size());
  }

  boolean over() {
    return told.filter(CampaignState::over).isPresent();
  }

  void stands(WaveControl.Decision decision) {
    if (told.isEmpty() && decision.state() == CampaignState.RUNNING) {
      told = Optional.of(CampaignState.RUNNING);
      toldWave = decision.wave();
    }
  }

  /** It was checked before it was journaled, perhaps by a key that has lapsed since. */
  void recall(OrderHistory history) {
    places.recall(history);
    history.evidence().stream()
        .filter(each -> each.kind() == OrderHistory.Kind.OUTCOME)
        .forEach(
            each ->
                results.put(each.device(), Outcome.read(each.document().unverified()).result()));
  }

  Reason refusal(BareJid device) {
    return results.get(device) instanceof Result.Declined declined
        ? declined.refusal().reason()
        : Reason.UNKNOWN;
  }

  WaveControl.Will will() {
    if (!approved) {
      return WaveControl.Will.UNAPPROVED;
    }
    boolean paused =
        !acts.isEmpty() && acts.get(acts.size() - 1).act().kind() == CampaignAct.Kind.PAUSE;
    return paused ? WaveControl.Will.PAUSE : WaveControl.Will.GO;
  }

  /** In the order in which they take the places of the waves. */
  List<WaveControl.Member> members(Function<Parcel, CampaignMember.State> state, Instant now) {
    Instant resumed =
        acts.stream()
            .filter(acted -> acted.act().kind() == CampaignAct.Kind.RESUME)
            .map(Acted::at)
            .reduce(Instant.MIN, (one, other) -> other);
    return places.now(state, now).stream()
        .map(
            parcel ->
                new WaveControl.Member(
                    parcel.device(),
                    state.apply(parcel),
                    !parcel.delivery().at().isAfter(resumed),
                    places.passed(parcel.device(), now)))
        .toList();
  }

  /** Those that are passed over since this was asked last. */
  List<BareJid> newlyPassed(Instant now) {
    List<BareJid> passed = places.passed(now);
    toldPassed.retainAll(passed);
    return passed.stream().filter(toldPassed::add).toList();
  }

  boolean has(CampaignAct act) {
    return acts.stream()
        .anyMatch(
            known ->
                known.act().header().id().equals(act.header().id())
                    && known.act().header().issuer().equals(act.header().issuer()));
  }

  /** Refuses who may not, and what comes too late. */
  void requireMay(CampaignAct act, Certified by, Predicate<Set<Role>> covers) {
    Set<Role> needed =
        act.kind() == CampaignAct.Kind.PAUSE ? HOLD_BACK : Rights.rolesFor(Verb.UPGRADE);
    if (!covers.test(needed)) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "%s may not %s this upgrade: it takes the right to upgrade all of its devices"
              .formatted(by.jid().local(), act.kind().wire()));
    }
    if (over()) {
      throw new Refused(Reason.TOO_LATE, "the upgrade is over: " + told.orElseThrow().words());
    }
    boolean outdated =
        !has(act)
            && acts.stream()
                .anyMatch(
                    known -> known.act().header().issuedAt().isAfter(act.header().issuedAt()));
    if (outdated) {
      throw new Refused(Reason.SUPERSEDED, "somebody has decided later");
    }
  }

  /** Before the journal has said how it stands. */
  WaveControl.Decision unknown() {
    return new WaveControl.Decision(
        List.of(),
        Map.of(),
        Set.of(),
        CampaignState.RUNNING,
        0,
        "being read back from the journal");
  }

  /** What whoever ordered it is told. */
  String words(WaveControl.Decision decision) {
    return switch (decision.state()) {
      case AWAITING_APPROVAL -> decision.text();
      case RUNNING -> "goes on: " + decision.text();
      case PAUSED -> paused();
      case STOPPED -> "is stopped: " + decision.text() + "; resume it, or cancel it" + failed();
      case DONE -> "is done: all run " + upgrade().version() + " by their signed word";
      case FAILED -> "is over, not everywhere: " + decision.text() + failed();
      case ENDED -> "has ended: " + decision.text() + failed() + left();
    };
  }

  private String paused() {
    CampaignAct last = acts.get(acts.size() - 1).act();
    return "is paused by " + last.header().issuer().local() + ": " + last.reason();
  }

  private String failed() {
    return named(
        "failed: ",
        EnumSet.of(DeliveryState.FAILED, DeliveryState.REFUSED, DeliveryState.UNCERTAIN));
  }

  private String left() {
    return named(
        "left: ",
        EnumSet.of(
            DeliveryState.HELD,
            DeliveryState.EXPIRED,
            DeliveryState.CANCELLED,
            DeliveryState.UNCONFIRMED));
  }

  private String named(String what, Set<DeliveryState> states) {
    List<Parcel> found =
        order.parcels().stream().filter(parcel -> states.contains(parcel.state())).toList();
    if (found.isEmpty()) {
      return "";
    }
    List<String> words =
        found.stream()
            .limit(MOST_NAMED)
            .map(parcel -> parcel.device().local() + " (" + parcel.delivery().text() + ")")
            .toList();
    return "; "
        + what
        + String.join(", ", words)
        + (found.size() > MOST_NAMED ? " and " + (found.size() - MOST_NAMED) + " more" : "");
  }

  Campaign board(
      WaveControl.Decision decision,
      Predicate<Parcel> seen,
      Function<Parcel, CampaignMember.State> state,
      Function<BareJid, Optional<UpdateProgress>> progress,
      boolean whole,
      Instant now) {
    List<Parcel> parcels = places.now(state, now);
    Map<CampaignMember.State, Integer> counts = new EnumMap<>(CampaignMember.State.class);
    List<CampaignMember> members = new ArrayList<>();
    for (int place = 0; place < parcels.size(); place++) {
      Parcel parcel = parcels.get(place);
      if (seen.test(parcel)) {
        CampaignMember.State stands = state.apply(parcel);
        counts.merge(stands, 1, Integer::sum);
        if (whole) {
          members.add(member(parcel, place, stands, progress));
        }
      }
    }
    return new Campaign(
        order.id(),
        order.issuer(),
        upgrade().product(),
        upgrade().version(),
        decision.state(),
        decision.state() == CampaignState.PAUSED ? paused() : decision.text(),
        decision.wave(),
        waves(),
        order.command().executeBy(),
        counts,
        members);
  }

  private CampaignMember member(
      Parcel parcel,
      int place,
      CampaignMember.State stands,
      Function<BareJid, Optional<UpdateProgress>> progress) {
    boolean unproven =
        parcel.state() == DeliveryState.EXECUTED && stands != CampaignMember.State.SUCCEEDED;
    return new CampaignMember(
        parcel.device(),
        WaveControl.wave(upgrade().rollout(), order.parcels().size(), place),
        stands,
        parcel.delivery().at(),
        unproven
            ? "it says that it is done, and has not signed that it runs it"
            : parcel.delivery().text(),
        stands == CampaignMember.State.BEGUN ? progress.apply(parcel.device()) : Optional.empty());
  }
}
