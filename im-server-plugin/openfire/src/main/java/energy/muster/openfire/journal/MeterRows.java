// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.instant;
import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.CorrectionRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.ReadingsArchive.Statement;
import energy.muster.service.journal.ReadingsArchive.Told;
import energy.muster.service.journal.ReadingsRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Readings and their corrections as rows, and what is asked of them, over one connection. */
final class MeterRows {
  /** A document of a meter, if it was taken. */
  static final String TAKEN =
      "SELECT digest FROM musterReadings WHERE meter = ? AND sequenceNumber = ?";

  /** A person's correction, if it was taken. */
  static final String CORRECTED = "SELECT digest FROM musterCorrection WHERE issuer = ? AND id = ?";

  private final Rows rows;

  MeterRows(Connection connection) {
    rows = new Rows(connection);
  }

  /** Whether it was an entry about meters. */
  static boolean write(Entry entry, PersonRows.Run into) throws SQLException {
    if (entry instanceof Entry.ReadingsTaken taken) {
      take(taken.readings(), into);
    } else if (entry instanceof Entry.ReadingsCorrected corrected) {
      correct(corrected.correction(), into);
    } else if (entry instanceof Entry.StatementTaken taken) {
      compared(taken.statement(), into);
    } else {
      return false;
    }
    return true;
  }

  private static void take(ReadingsRecord readings, PersonRows.Run into) throws SQLException {
    into.run(
        "INSERT INTO musterReadings (meter, sequenceNumber, startsAt, endsAt, takenAt, digest,"
            + " sealed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        readings.meter().toString(),
        readings.sequence(),
        micros(readings.start()),
        micros(readings.end()),
        micros(readings.taken()),
        readings.digest().toString(),
        readings.sealed().base64());
  }

  private static void correct(CorrectionRecord correction, PersonRows.Run into)
      throws SQLException {
    into.run(
        "INSERT INTO musterCorrection (meter, issuer, id, startsAt, endsAt, takenAt, digest,"
            + " sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        correction.meter().toString(),
        correction.issuer().toString(),
        correction.id().text(),
        micros(correction.start()),
        micros(correction.end()),
        micros(correction.taken()),
        correction.digest().toString(),
        correction.sealed().base64());
  }

  private static void compared(Statement statement, PersonRows.Run into) throws SQLException {
    into.run("DELETE FROM musterStatement WHERE meter = ?", statement.meter().toString());
    into.run(
        "INSERT INTO musterStatement (meter, takenAt, agrees, verdict, sealed)"
            + " VALUES (?, ?, ?, ?, ?)",
        statement.meter().toString(),
        micros(statement.taken()),
        statement.agrees() ? 1 : 0,
        statement.verdict(),
        statement.sealed().base64());
  }

  Optional<Statement> statement(BareJid meter) throws SQLException {
    return rows
        .find(
            row ->
                new Statement(
                    meter,
                    instant(row.getLong("takenAt")),
                    row.getInt("agrees") == 1,
                    row.getString("verdict"),
                    Sealed.ofBase64(row.getString("sealed"))),
            "SELECT takenAt, agrees, verdict, sealed FROM musterStatement WHERE meter = ?",
            meter.toString())
        .stream()
        .findFirst();
  }

  Optional<Told> told(BareJid meter) throws SQLException {
    return rows
        .find(
            row -> new Told(row.getLong(1), instant(row.getLong(2))),
            "SELECT MAX(sequenceNumber), MAX(endsAt) FROM musterReadings WHERE meter = ?"
                + " GROUP BY meter",
            meter.toString())
        .stream()
        .findFirst();
  }

  Optional<Digest> digest(BareJid meter, long sequence) throws SQLException {
    return rows.find(MeterRows::digest, TAKEN, meter.toString(), sequence).stream().findFirst();
  }

  Optional<Digest> digest(BareJid issuer, DocumentId id) throws SQLException {
    return rows.find(MeterRows::digest, CORRECTED, issuer.toString(), id.text()).stream()
        .findFirst();
  }

  private static Digest digest(ResultSet row) throws SQLException {
    return Digest.parse(row.getString(1));
  }

  List<ReadingsRecord> readings(BareJid meter, Instant from, Instant until) throws SQLException {
    return rows.find(
        MeterRows::record,
        "SELECT meter, sequenceNumber, startsAt, endsAt, takenAt, digest, sealed"
            + " FROM musterReadings WHERE meter = ? AND endsAt > ? AND startsAt < ?"
            + " ORDER BY sequenceNumber",
        meter.toString(),
        micros(from),
        micros(until));
  }

  private static ReadingsRecord record(ResultSet row) throws SQLException {
    return new ReadingsRecord(
        BareJid.parse(row.getString("meter")),
        row.getLong("sequenceNumber"),
        instant(row.getLong("startsAt")),
        instant(row.getLong("endsAt")),
        instant(row.getLong("takenAt")),
        Digest.parse(row.getString("digest")),
        Sealed.ofBase64(row.getString("sealed")));
  }

  List<CorrectionRecord> corrections(BareJid meter, Instant from, Instant until)
      throws SQLException {
    return rows.find(
        MeterRows::correction,
        "SELECT meter, issuer, id, startsAt, endsAt, takenAt, digest, sealed"
            + " FROM musterCorrection WHERE meter = ? AND endsAt > ? AND startsAt < ?"
            + " ORDER BY seq",
        meter.toString(),
        micros(from),
        micros(until));
  }

  private static CorrectionRecord correction(ResultSet row) throws SQLException {
    return new CorrectionRecord(
        BareJid.parse(row.getString("meter")),
        BareJid.parse(row.getString("issuer")),
        new DocumentId(row.getString("id")),
        instant(row.getLong("startsAt")),
        instant(row.getLong("endsAt")),
        instant(row.getLong("takenAt")),
        Digest.parse(row.getString("digest")),
        Sealed.ofBase64(row.getString("sealed")));
  }
}
