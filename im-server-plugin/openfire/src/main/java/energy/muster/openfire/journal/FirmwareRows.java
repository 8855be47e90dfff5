// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.instant;
import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.document.DocumentId;
import energy.muster.firmware.CampaignAct;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Releases;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.FirmwareRecord;
import energy.muster.service.journal.FirmwareRecord.Acted;
import energy.muster.service.journal.FirmwareRecord.FiledManifest;
import energy.muster.service.journal.FirmwareRecord.FiledReleases;
import energy.muster.service.journal.FirmwareRecord.Reported;
import energy.muster.service.journal.FirmwareRecord.Scan;
import energy.muster.service.journal.UpgradeArchive.UpgradePapers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** Firmwares, releases, reports and what was decided of upgrades, as rows. */
final class FirmwareRows {
  private static final int LAST_LISTS = 20;

  private FirmwareRows() {}

  /** Asks whether there is a row. */
  interface Exists {
    boolean in(String sql, Object... values) throws SQLException;
  }

  /** Whether it is an entry about these that must stand there once, and does. */
  static boolean written(Entry entry, Exists exists) throws SQLException {
    if (entry instanceof Entry.ManifestFiled filed) {
      return exists.in(
          "SELECT 1 FROM musterFirmware WHERE digest = ?", filed.manifest().digest().toString());
    }
    if (entry instanceof Entry.ReleasesFiled filed) {
      return exists.in(
          "SELECT 1 FROM musterReleases WHERE releasesNumber = ? AND takenAt = ?",
          filed.releases().releases().number(),
          micros(filed.releases().at()));
    }
    if (entry instanceof Entry.FirmwareReported reported) {
      return exists.in(
          "SELECT 1 FROM musterInstalled WHERE device = ? AND takenAt = ?",
          reported.report().device().toString(),
          micros(reported.report().at()));
    }
    return entry instanceof Entry.CampaignActed acted
        && exists.in(
            "SELECT 1 FROM musterCampaignAct WHERE issuer = ? AND id = ?",
            acted.acted().act().header().issuer().toString(),
            acted.acted().act().header().id().text());
  }

  /** Whether it was an entry about these. */
  static boolean write(Entry entry, PersonRows.Run into) throws SQLException {
    if (entry instanceof Entry.ManifestFiled filed) {
      FiledManifest manifest = filed.manifest();
      into.run(
          "INSERT INTO musterFirmware (digest, takenAt, expiresAt, sealed) VALUES (?, ?, ?, ?)",
          manifest.digest().toString(),
          micros(manifest.at()),
          micros(manifest.manifest().expires()),
          manifest.sealed().base64());
    } else if (entry instanceof Entry.ReleasesFiled filed) {
      into.run(
          "INSERT INTO musterReleases (releasesNumber, takenAt, sealed) VALUES (?, ?, ?)",
          filed.releases().releases().number(),
          micros(filed.releases().at()),
          filed.releases().sealed().base64());
    } else if (entry instanceof Entry.ImageScanned scanned) {
      scan(scanned.scan(), into);
    } else if (entry instanceof Entry.FirmwareReported reported) {
      report(reported.report(), into);
    } else if (entry instanceof Entry.CampaignActed acted) {
      act(acted.acted(), into);
    } else if (entry instanceof Entry.Approved approved) {
      into.run(
          "UPDATE musterOrder SET sealed = ? WHERE id = ?",
          approved.sealed().base64(),
          approved.order().text());
    } else {
      return false;
    }
    return true;
  }

  private static void scan(Scan scan, PersonRows.Run into) throws SQLException {
    into.run("DELETE FROM musterScan WHERE digest = ?", scan.image().toString());
    into.run(
        "INSERT INTO musterScan (digest, scannedAt, verdict, note) VALUES (?, ?, ?, ?)",
        scan.image().toString(),
        micros(scan.at()),
        scan.result().name(),
        scan.note());
  }

  private static void report(Reported reported, PersonRows.Run into) throws SQLException {
    into.run(
        "INSERT INTO musterInstalled (device, orderId, takenAt, bootBefore, sealed)"
            + " VALUES (?, ?, ?, ?, ?)",
        reported.device().toString(),
        reported.report().order().map(DocumentId::text).orElse(null),
        micros(reported.at()),
        // None is below all.
        reported.bootBefore().orElse(-1),
        reported.sealed().base64());
  }

  private static void act(Acted acted, PersonRows.Run into) throws SQLException {
    into.run(
        "INSERT INTO musterCampaignAct (orderId, issuer, id, takenAt, sealed)"
            + " VALUES (?, ?, ?, ?, ?)",
        acted.act().order().text(),
        acted.act().header().issuer().toString(),
        acted.act().header().id().text(),
        micros(acted.at()),
        acted.sealed().base64());
  }

  static FirmwareRecord recovered(Connection connection, Instant now) throws SQLException {
    Rows rows = new Rows(connection);
    List<FiledReleases> lists =
        new ArrayList<>(
            rows.first(
                LAST_LISTS,
                FirmwareRows::releases,
                "SELECT sealed, takenAt FROM musterReleases ORDER BY seq DESC"));
    Collections.reverse(lists);
    return new FirmwareRecord(
        rows.find(
            FirmwareRows::manifest,
            "SELECT digest, sealed, takenAt FROM musterFirmware ORDER BY takenAt, digest"),
        lists,
        rows.find(FirmwareRows::scan, "SELECT digest, verdict, note, scannedAt FROM musterScan"),
        rows.find(
            FirmwareRows::reported,
            "SELECT i.sealed, i.takenAt, i.bootBefore FROM musterInstalled i WHERE i.seq ="
                + " (SELECT MAX(n.seq) FROM musterInstalled n WHERE n.device = i.device)"
                + " OR i.orderId IN (SELECT o.id FROM musterOrder o WHERE o.executeBy >= ?)"
                + " ORDER BY i.seq",
            micros(now)),
        rows.find(
            FirmwareRows::acted,
            "SELECT a.sealed, a.takenAt FROM musterCampaignAct a"
                + " JOIN musterOrder o ON o.id = a.orderId WHERE o.executeBy >= ? ORDER BY a.seq",
            micros(now)));
  }

  /** Over by then, the newest first. */
  static List<DocumentId> upgrades(Connection connection, Instant by, int limit)
      throws SQLException {
    return new Rows(connection)
        .find(
            row -> new DocumentId(row.getString(1)),
            "SELECT o.id FROM musterOrder o WHERE o.executeBy <= ?"
                // A quotation mark within a text would be escaped.
                + " AND o.command LIKE '%\"verb\":\"upgrade\"%' ORDER BY o.id DESC LIMIT "
                + limit,
            micros(by));
  }

  static UpgradePapers papers(Connection connection, DocumentId upgrade) throws SQLException {
    Rows rows = new Rows(connection);
    return new UpgradePapers(
        rows.find(
            FirmwareRows::reported,
            "SELECT sealed, takenAt, bootBefore FROM musterInstalled WHERE orderId = ?"
                + " ORDER BY seq",
            upgrade.text()),
        rows.find(
            FirmwareRows::acted,
            "SELECT sealed, takenAt FROM musterCampaignAct WHERE orderId = ? ORDER BY seq",
            upgrade.text()));
  }

  // All of it was checked before it was written.

  private static FiledManifest manifest(ResultSet row) throws SQLException {
    Sealed sealed = Sealed.ofBase64(row.getString(2));
    return new FiledManifest(
        Digest.parse(row.getString(1)),
        Manifest.read(sealed.unverified()),
        sealed,
        instant(row.getLong(3)));
  }

  private static FiledReleases releases(ResultSet row) throws SQLException {
    Sealed sealed = Sealed.ofBase64(row.getString(1));
    return new FiledReleases(Releases.read(sealed.unverified()), sealed, instant(row.getLong(2)));
  }

  private static Scan scan(ResultSet row) throws SQLException {
    return new Scan(
        Digest.parse(row.getString(1)),
        Scan.Result.valueOf(row.getString(2)),
        row.getString(3),
        instant(row.getLong(4)));
  }

  private static Reported reported(ResultSet row) throws SQLException {
    Sealed sealed = Sealed.ofBase64(row.getString(1));
    long before = row.getLong(3);
    return new Reported(
        FirmwareReport.read(sealed.unverified()),
        before < 0 ? OptionalLong.empty() : OptionalLong.of(before),
        sealed,
        instant(row.getLong(2)));
  }

  private static Acted acted(ResultSet row) throws SQLException {
    Sealed sealed = Sealed.ofBase64(row.getString(1));
    return new Acted(CampaignAct.read(sealed.unverified()), sealed, instant(row.getLong(2)));
  }
}
