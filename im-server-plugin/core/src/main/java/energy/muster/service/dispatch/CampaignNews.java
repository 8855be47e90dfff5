// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.firmware.CampaignState;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.service.firmware.WaveControl;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells people what has become of upgrades. Only for use at the desk. */
final class CampaignNews {
  private static final int MOST_NAMED = 5;

  private final Ledger ledger;
  private final Endings endings;
  private final Notices notices;
  private final Journal journal;
  private final InstantSource clock;

  CampaignNews(
      Ledger ledger, Endings endings, Notices notices, Journal journal, InstantSource clock) {
    this.ledger = ledger;
    this.endings = endings;
    this.notices = notices;
    this.journal = journal;
    this.clock = clock;
  }

  /** Asks all who may approve it. */
  void approvalAwaited(CampaignRun run) {
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

  void approved(CampaignRun run, BareJid by) {
    tell(run, "campaign-approved", "was approved by " + by.local());
  }

  void resumed(CampaignRun run, Acted acted) {
    tell(
        run,
        "campaign-resumed",
        "goes on, says %s: %s"
            .formatted(acted.act().header().issuer().local(), acted.act().reason()));
  }

  /** Their place has gone to others. */
  void passed(CampaignRun run, List<BareJid> devices) {
    if (devices.isEmpty()) {
      return;
    }
    String names =
        devices.stream().limit(MOST_NAMED).map(BareJid::local).collect(Collectors.joining(", "));
    int more = devices.size() - MOST_NAMED;
    tell(
        run,
        "campaign-passed-over",
        "goes on without %s%s, away too long; still wanted until its end"
            .formatted(names, more > 0 ? " and " + more + " more" : ""));
  }

  /** Tells once what is new about how it stands. */
  void stands(CampaignRun run, WaveControl.Decision decision) {
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
}
