// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.firmware.CampaignMember;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Refusal;
import energy.muster.service.firmware.FirmwareRules;
import energy.muster.service.firmware.RedundancyGroup;
import energy.muster.service.firmware.ReportDesk;
import energy.muster.service.firmware.WaveControl;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.UpgradeArchive.UpgradePapers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Upgrades that are over, read back from the journal when somebody asks. */
final class PastCampaigns {
  /** So many are found without their id. */
  private static final int MOST = 50;

  /** Of what is over, nobody asks who is there. */
  private static final WaveControl.Field NOBODY =
      new WaveControl.Field() {
        @Override
        public Optional<String> unready(BareJid device) {
          return Optional.empty();
        }

        @Override
        public Optional<String> away(BareJid device) {
          return Optional.empty();
        }

        @Override
        public List<RedundancyGroup> groups(BareJid device) {
          return List.of();
        }
      };

  private final FirmwareRules rules;
  private final FirmwareProofs proofs;
  private final Journal journal;
  private final InstantSource clock;

  PastCampaigns(FirmwareRules rules, FirmwareProofs proofs, Journal journal, InstantSource clock) {
    this.rules = rules;
    this.proofs = proofs;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * One as it ended.
   *
   * @param run to be shown; nothing of it moves any more
   */
  record Past(CampaignRun run, WaveControl.Decision decision, MemberStates states) {
    CampaignMember.State state(Parcel parcel) {
      return states.of(run, parcel);
    }
  }

  /** The newest first, without those that somebody else knows. */
  CompletionStage<List<Past>> newest(Predicate<DocumentId> known) {
    return journal
        .upgrades(clock.instant(), MOST)
        .thenCompose(
            ids -> {
              CompletionStage<List<Past>> all =
                  CompletableFuture.completedFuture(new ArrayList<>());
              for (DocumentId id : ids) {
                if (!known.test(id)) {
                  // One after another: each may have thousands of devices.
                  all =
                      all.thenCompose(
                          found ->
                              one(id)
                                  .thenApply(
                                      past -> {
                                        past.ifPresent(found::add);
                                        return found;
                                      }));
                }
              }
              return all;
            });
  }

  /** Empty where it is none, or goes on. */
  CompletionStage<Optional<Past>> one(DocumentId id) {
    return journal
        .order(id)
        .thenCompose(
            history ->
                history.filter(this::over).isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : journal
                        .papers(id)
                        .thenApply(papers -> Optional.of(past(history.get(), papers))));
  }

  private boolean over(OrderHistory history) {
    return Campaigns.controls(history.order().submission().command())
        && !clock.instant().isBefore(history.order().submission().command().executeBy());
  }

  private Past past(OrderHistory history, UpgradePapers papers) {
    CampaignRun run = new CampaignRun(OpenOrder.recovered(history.order()), true, rules.patience());
    run.recall(history);
    run.acts.addAll(papers.acts());
    MemberStates states = new MemberStates(new Signed(papers, proofs), held -> true, clock);
    WaveControl.Decision decision =
        WaveControl.decide(
            run.upgrade().rollout(),
            run.members(parcel -> states.of(run, parcel), clock.instant()),
            WaveControl.Will.GO,
            true,
            NOBODY);
    return new Past(run, decision, states);
  }

  /** By the reports of that time. */
  private record Signed(UpgradePapers papers, FirmwareProofs now) implements FirmwareProofs {
    @Override
    public Optional<Refusal> refuse(Instruction.Upgrade upgrade) {
      return now.refuse(upgrade);
    }

    @Override
    public boolean proves(BareJid device, DocumentId order, Instruction.Upgrade upgrade) {
      return papers.reports().stream()
          .filter(report -> report.device().equals(device))
          .reduce((earlier, later) -> later)
          .filter(report -> ReportDesk.proves(report, upgrade.manifest(), upgrade.version()))
          .isPresent();
    }

    @Override
    public boolean runs(BareJid device, Instruction.Upgrade upgrade) {
      return now.runs(device, upgrade);
    }

    @Override
    public void forget(DocumentId order) {}
  }
}
