// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.desk.Timetable;
import energy.muster.service.desk.Workers;
import energy.muster.service.dispatch.Acknowledgements;
import energy.muster.service.dispatch.CampaignDesk;
import energy.muster.service.dispatch.Campaigns;
import energy.muster.service.dispatch.Conclusions;
import energy.muster.service.dispatch.Dispatcher;
import energy.muster.service.dispatch.Endings;
import energy.muster.service.dispatch.Goals;
import energy.muster.service.dispatch.Heirs;
import energy.muster.service.dispatch.Lanes;
import energy.muster.service.dispatch.OwnActs;
import energy.muster.service.dispatch.Publications;
import energy.muster.service.dispatch.Reports;
import energy.muster.service.dispatch.WriteOffs;
import energy.muster.service.firmware.FirmwareDesk;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Sessions;
import java.time.InstantSource;
import java.util.Objects;

/** Everything an order passes through, from its submission to the report of its end. */
record Dispatching(
    Heirs heirs,
    Reports reports,
    Lanes lanes,
    Goals goals,
    FirmwareDesk firmware,
    Campaigns campaigns,
    CampaignDesk campaignDesk,
    Dispatcher dispatcher,
    Conclusions conclusions,
    WriteOffs writeOffs,
    OwnActs ownActs) {
  Dispatching {
    Objects.requireNonNull(heirs);
    Objects.requireNonNull(reports);
    Objects.requireNonNull(lanes);
    Objects.requireNonNull(goals);
    Objects.requireNonNull(firmware);
    Objects.requireNonNull(campaigns);
    Objects.requireNonNull(campaignDesk);
    Objects.requireNonNull(dispatcher);
    Objects.requireNonNull(conclusions);
    Objects.requireNonNull(writeOffs);
    Objects.requireNonNull(ownActs);
  }

  static Dispatching of(
      ServiceConfig config,
      CurrentTrust trust,
      Ledger ledger,
      Sessions sessions,
      Outbound outbound,
      Notices notices,
      Publications publications,
      Journal journal,
      Timetable timetable,
      Reception reception,
      Desk desk,
      Workers workers,
      InstantSource clock) {
    Timing timing = config.timing();
    Heirs heirs = new Heirs();
    Reports reports =
        new Reports(config, sessions, outbound, journal, timetable, desk, heirs, clock);
    Endings endings = new Endings(journal, reports, clock);
    Lanes lanes =
        new Lanes(
            timing, timetable, ledger, outbound, journal, endings, desk, workers.begin(), clock);
    Goals goals =
        new Goals(
            config.goals(),
            timing.grace(),
            ledger,
            lanes,
            endings,
            journal,
            timetable,
            desk,
            clock);
    FirmwareDesk firmware =
        new FirmwareDesk(
            config.site(),
            config.firmware(),
            trust,
            ledger,
            notices,
            lanes::inDoubt,
            journal,
            reception,
            desk,
            workers.spare(),
            clock);
    UpgradeProofs proofs = new UpgradeProofs(firmware);
    Campaigns campaigns =
        new Campaigns(
            config.firmware(),
            proofs,
            ledger,
            lanes,
            endings,
            notices,
            journal,
            timetable,
            desk,
            clock);
    firmware.reports().listener(campaigns::look);
    Dispatcher dispatcher =
        new Dispatcher(
            config,
            trust,
            ledger,
            lanes,
            endings,
            goals,
            campaigns,
            publications,
            journal,
            timetable,
            reception,
            desk,
            clock);
    Conclusions conclusions =
        new Conclusions(
            config.site(),
            trust,
            ledger,
            dispatcher,
            reports,
            new Acknowledgements(sessions, outbound, timetable),
            endings,
            goals,
            campaigns,
            journal,
            reception,
            desk,
            clock);
    lanes.concludeBy(conclusions::answered);
    return new Dispatching(
        heirs,
        reports,
        lanes,
        goals,
        firmware,
        campaigns,
        new CampaignDesk(
            config.site(),
            config.firmware(),
            proofs,
            campaigns,
            trust,
            ledger,
            journal,
            reception,
            desk,
            clock),
        dispatcher,
        conclusions,
        new WriteOffs(
            config.site(),
            trust,
            ledger,
            dispatcher,
            endings,
            goals,
            journal,
            reception,
            desk,
            clock),
        new OwnActs(config.site(), trust, ledger, notices, journal, reception, desk, clock));
  }
}
