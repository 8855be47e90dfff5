// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.firmware.CampaignMember;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * How far each device of an upgrade is, by its delivery, its outcome and its report. Only for use
 * at the desk.
 */
final class MemberStates {
  private final FirmwareProofs proofs;
  private final Predicate<Parcel> heldBack;
  private final InstantSource clock;

  /**
   * By these reports.
   *
   * @param heldBack whether a delivery that has not been sent is kept back
   */
  MemberStates(FirmwareProofs proofs, Predicate<Parcel> heldBack, InstantSource clock) {
    this.proofs = proofs;
    this.heldBack = heldBack;
    this.clock = clock;
  }

  CampaignMember.State of(CampaignRun run, Parcel parcel) {
    return switch (parcel.state()) {
      case HELD ->
          heldBack.test(parcel) ? CampaignMember.State.WAITING : CampaignMember.State.BEGUN;
      case SENT, RECEIVED, EXECUTING -> CampaignMember.State.BEGUN;
      case UNCONFIRMED -> CampaignMember.State.UNCONFIRMED;
      case EXECUTED -> executed(run, parcel);
      case REFUSED -> refused(run, parcel);
      case FAILED, UNCERTAIN -> CampaignMember.State.FAILED;
      case EXPIRED, CANCELLED, SUPERSEDED -> CampaignMember.State.LEFT;
    };
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

  /** Whether its time is over. */
  boolean late(CampaignRun run) {
    return !clock.instant().isBefore(run.order.command().executeBy());
  }
}
