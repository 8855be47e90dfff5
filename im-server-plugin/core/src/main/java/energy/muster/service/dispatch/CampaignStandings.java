// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.document.DocumentId;
import energy.muster.firmware.CampaignMember;
import energy.muster.identity.BareJid;
import energy.muster.service.firmware.Redundancy;
import energy.muster.service.firmware.WaveControl;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How upgrades and their devices stand, by their deliveries, outcomes and reports. Changes nothing
 * but who is known to be away. Only for use at the desk.
 */
final class CampaignStandings {
  private final Collection<CampaignRun> runs;
  private final MemberStates states;
  private final CampaignGates gates;
  private final InstantSource clock;

  /**
   * Of these upgrades.
   *
   * @param runs as they are whenever it is asked
   */
  CampaignStandings(
      Collection<CampaignRun> runs,
      FirmwareProofs proofs,
      CampaignGates gates,
      Lanes lanes,
      InstantSource clock) {
    this.runs = runs;
    this.states =
        new MemberStates(
            proofs,
            parcel -> parcel.hold().isPresent() || lanes.heldFor(parcel).isPresent(),
            clock);
    this.gates = gates;
    this.clock = clock;
  }

  /** What follows now. */
  WaveControl.Decision of(CampaignRun run) {
    WaveControl.Field field = field(run);
    Redundancy redundancy =
        new Redundancy(run.upgrade().rollout(), field, device -> begun(run, device));
    run.places.review(device -> field.unready(device).isPresent() || redundancy.stalls(device));
    return WaveControl.decide(
        run.upgrade().rollout(),
        run.members(parcel -> state(run, parcel), clock.instant()),
        run.will(),
        states.late(run),
        field);
  }

  /** Why each device of one that is about to begin waits. */
  Map<BareJid, String> first(Command command, List<Leaf> leaves, boolean approved) {
    WaveControl.Decision decision =
        WaveControl.decide(
            ((Instruction.Upgrade) command.instruction()).rollout(),
            leaves.stream()
                .sorted(Comparator.comparingInt(Leaf::order))
                .map(
                    leaf ->
                        new WaveControl.Member(leaf.device(), CampaignMember.State.WAITING, false))
                .toList(),
            approved ? WaveControl.Will.GO : WaveControl.Will.UNAPPROVED,
            false,
            gates.of(command, device -> otherRun(Optional.empty(), device)));
    Map<BareJid, String> first = new HashMap<>(decision.held());
    decision.release().forEach(device -> first.put(device, "held: about to begin"));
    return first;
  }

  /** Notes whether a device that waits could begin, whatever the others do. */
  void look(CampaignRun run, Parcel parcel) {
    if (state(run, parcel) == CampaignMember.State.WAITING) {
      run.places.look(
          parcel.device(), field(run).unready(parcel.device()).isPresent(), clock.instant());
    }
  }

  private WaveControl.Field field(CampaignRun run) {
    return gates.of(run.order.command(), device -> otherRun(Optional.of(run), device));
  }

  /** Another upgrade that has begun on it. */
  private Optional<DocumentId> otherRun(Optional<CampaignRun> run, BareJid device) {
    return runs.stream()
        .filter(other -> !other.over() && !run.equals(Optional.of(other)))
        .filter(other -> begun(other, device))
        .map(other -> other.order.id())
        .findFirst();
  }

  private boolean begun(CampaignRun run, BareJid device) {
    return run.order
        .parcel(device)
        .filter(parcel -> state(run, parcel) == CampaignMember.State.BEGUN)
        .isPresent();
  }

  /** How far this device is. */
  CampaignMember.State state(CampaignRun run, Parcel parcel) {
    return states.of(run, parcel);
  }
}
