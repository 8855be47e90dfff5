// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.document.DocumentType;
import energy.muster.document.GoldenFile;
import energy.muster.document.Header;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Releases;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.FirmwareRecord.FiledManifest;
import energy.muster.service.journal.FirmwareRecord.FiledReleases;
import energy.muster.service.journal.FirmwareRecord.Reported;
import energy.muster.service.journal.FirmwareRecord.Scan;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.Submission;
import energy.muster.service.journal.UpgradeArchive.UpgradePapers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is kept of firmware as rows. */
abstract class FirmwareRowsContract extends JournalOnDatabase {
  private static final BareJid RELAY = BareJid.parse("sw2@grid.example");

  private final SigningIdentity anybody = new TestPki().operator("op-1", "*");
  private final Command upgrade = Command.read(GoldenFile.compact("command-upgrade"));
  private final Instant issued = upgrade.header().issuedAt();

  FirmwareRowsContract(Engine engine) {
    super(engine);
  }

  private FirmwareRecord kept() {
    return done(journal().recover(issued)).firmware();
  }

  private Sealed sealed(byte[] content) {
    return Sealer.seal(content, anybody);
  }

  private Order upgradeOrder() {
    return new Order(
        new Submission(upgrade, Digest.of(upgrade.write()), sealed(upgrade.write()), issued),
        List.of(
            new Delivery(
                0, Leaf.salted(RELAY, 0, Optional.empty()), DeliveryState.HELD, issued, "held")));
  }

  private Reported reported(int second, boolean ofTheOrder) {
    FirmwareReport golden = FirmwareReport.read(GoldenFile.compact("firmware-report"));
    FirmwareReport report =
        new FirmwareReport(
            new Header(
                DocumentType.FIRMWARE_REPORT,
                golden.header().site(),
                golden.header().id(),
                RELAY,
                issued.plusSeconds(second)),
            golden.installed(),
            golden.manifest(),
            ofTheOrder ? Optional.of(upgrade.id()) : Optional.empty(),
            golden.scan(),
            golden.releases());
    return new Reported(
        report,
        second == 0 ? OptionalLong.empty() : OptionalLong.of(second),
        sealed(report.write()),
        issued.plusSeconds(second));
  }

  @Test
  void manifestsListsAndVerdictsAreThereAgain() {
    byte[] manifest = GoldenFile.compact("manifest");
    byte[] releases = GoldenFile.compact("releases");
    FiledManifest filed =
        new FiledManifest(Digest.of(manifest), Manifest.read(manifest), sealed(manifest), issued);
    FiledReleases list = new FiledReleases(Releases.read(releases), sealed(releases), issued);
    Digest image = filed.manifest().image().digest();
    done(journal().append(new Entry.ManifestFiled(filed)));
    done(journal().append(new Entry.ReleasesFiled(list)));
    done(
        journal()
            .append(
                new Entry.ImageScanned(
                    new Scan(image, Scan.Result.NOT_SCANNED, "it is off", issued))));
    Scan clean = new Scan(image, Scan.Result.CLEAN, "", issued.plusSeconds(1));
    done(journal().append(new Entry.ImageScanned(clean)));

    assertThat(kept().manifests()).containsExactly(filed);
    assertThat(kept().releases()).containsExactly(list);
    assertThat(kept().scans()).containsExactly(clean);
  }

  @Test
  void theNewestReportOfADeviceIsThereAgainAndThoseOfUpgradesThatGoOn() {
    done(journal().append(new Entry.FirmwareReported(reported(0, false))));
    done(journal().append(new Entry.FirmwareReported(reported(1, false))));
    assertThat(kept().reports()).hasSize(1);
    assertThat(kept().reports().get(0).bootBefore()).isEqualTo(OptionalLong.of(1));

    done(journal().append(new Entry.Accepted(upgradeOrder())));
    done(journal().append(new Entry.FirmwareReported(reported(2, true))));
    done(journal().append(new Entry.FirmwareReported(reported(3, false))));
    assertThat(kept().reports())
        .extracting(each -> each.report().order().isPresent())
        .containsExactly(true, false);
  }

  @Test
  void whatPeopleDecidedOfAnUpgradeIsThereAgainUntilItIsOver() {
    CampaignAct golden = CampaignAct.read(GoldenFile.compact("campaign-act"));
    CampaignAct act =
        new CampaignAct(golden.header(), upgrade.id(), golden.kind(), golden.reason());
    Acted acted = new Acted(act, sealed(act.write()), issued);
    done(journal().append(new Entry.Accepted(upgradeOrder())));
    done(journal().append(new Entry.CampaignActed(acted)));

    assertThat(kept().acts()).containsExactly(acted);
    Instant over = upgrade.executeBy().plusSeconds(1);
    assertThat(done(journal().recover(over)).firmware().acts()).isEmpty();
  }

  @Test
  void anUpgradeThatIsOverIsFoundWithWhatWasSignedAboutIt() {
    CampaignAct golden = CampaignAct.read(GoldenFile.compact("campaign-act"));
    CampaignAct act =
        new CampaignAct(golden.header(), upgrade.id(), golden.kind(), golden.reason());
    Acted acted = new Acted(act, sealed(act.write()), issued);
    Reported mine = reported(2, true);
    done(journal().append(new Entry.Accepted(upgradeOrder())));
    done(journal().append(new Entry.CampaignActed(acted)));
    done(journal().append(new Entry.FirmwareReported(mine)));
    done(journal().append(new Entry.FirmwareReported(reported(3, false))));

    assertThat(done(journal().upgrades(upgrade.executeBy().minusSeconds(1), 10))).isEmpty();
    assertThat(done(journal().upgrades(upgrade.executeBy(), 10))).containsExactly(upgrade.id());
    assertThat(done(journal().papers(upgrade.id())))
        .isEqualTo(new UpgradePapers(List.of(mine), List.of(acted)));
  }

  @Test
  void anApprovedOrderHasTheBytesThatBothHaveSigned() {
    done(journal().append(new Entry.Accepted(upgradeOrder())));
    Sealed both = sealed(upgrade.write());
    done(journal().append(new Entry.Approved(upgrade.id(), RELAY, both, issued)));

    assertThat(done(journal().order(upgrade.id())).orElseThrow().order().submission().sealed())
        .isEqualTo(both);
  }

  @Test
  void whatADeviceRunsIsNeverPruned() throws SQLException {
    done(journal().append(new Entry.FirmwareReported(reported(0, false))));
    done(journal().append(new Entry.FirmwareReported(reported(1, false))));
    try (Connection connection = database().open()) {
      Pruning.before(issued.plus(Duration.ofDays(500)), connection, 2);
    }

    assertThat(kept().reports()).hasSize(1);
  }
}
