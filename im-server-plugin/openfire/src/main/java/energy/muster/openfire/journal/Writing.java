// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.DevicePresence;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.DeviceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.LookRecord;
import energy.muster.service.journal.MandateRecord;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory.Kind;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Entries as rows. */
final class Writing {
  private final Statements statements;

  Writing(Statements statements) {
    this.statements = statements;
  }

  void write(List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      write(entry);
    }
  }

  /**
   * Writes what may have been written before. A row of history too much does no harm; an order or
   * an outcome stands there once.
   */
  void writeAgain(List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      if (!written(entry)) {
        write(entry);
      }
    }
  }

  private boolean written(Entry entry) throws SQLException {
    if (entry instanceof Entry.Accepted accepted) {
      return exists(
          "SELECT 1 FROM musterOrder WHERE id = ? AND digest = ?",
          accepted.order().id().text(),
          accepted.order().submission().digest().toString());
    }
    if (entry instanceof Entry.Owed owed) {
      return exists("SELECT 1 FROM musterMail WHERE id = ?", owed.notice().id().text());
    }
    if (entry instanceof Entry.LineSaid said) {
      return exists("SELECT 1 FROM musterLine WHERE id = ?", said.line().id().text());
    }
    if (entry instanceof Entry.AlarmFiled filed) {
      return exists(
          "SELECT 1 FROM musterAlarmPaper WHERE issuer = ? AND id = ?",
          filed.paper().issuer().toString(),
          filed.paper().id().text());
    }
    if (entry instanceof Entry.ReadingsTaken taken) {
      return exists(
          MeterRows.TAKEN, taken.readings().meter().toString(), taken.readings().sequence());
    }
    if (entry instanceof Entry.ReadingsCorrected corrected) {
      return exists(
          MeterRows.CORRECTED,
          corrected.correction().issuer().toString(),
          corrected.correction().id().text());
    }
    if (entry instanceof Entry.Published published) {
      return exists(
          "SELECT 1 FROM musterPublication WHERE orderId = ?",
          published.publication().order().text());
    }
    if (entry instanceof Entry.ChangesClosed closed) {
      return exists(
          "SELECT 1 FROM musterChangeSet WHERE dataClass = ? AND setNumber = ?",
          closed.set().dataClass().wire(),
          closed.set().number());
    }
    if (FirmwareRows.written(entry, this::exists)) {
      return true;
    }
    if (entry instanceof Entry.WrittenOff end) {
      return hasEvidence(end.command(), end.device(), end.writeOffDigest());
    }
    if (entry instanceof Entry.Evidenced late) {
      return hasEvidence(late.command(), late.device(), late.outcomeDigest());
    }
    return entry instanceof Entry.Concluded end
        && hasEvidence(end.command(), end.device(), end.outcomeDigest());
  }

  private boolean hasEvidence(DocumentId order, BareJid device, Digest digest) throws SQLException {
    return exists(
        "SELECT 1 FROM musterEvidence WHERE orderId = ? AND device = ? AND digest = ?",
        order.text(),
        device.toString(),
        digest.toString());
  }

  private void write(Entry entry) throws SQLException {
    if (entry instanceof Entry.Accepted accepted) {
      accept(accepted.order());
    } else if (entry instanceof Entry.Moved moved) {
      move(moved);
    } else if (entry instanceof Entry.Concluded concluded) {
      conclude(concluded);
    } else if (entry instanceof Entry.WrittenOff writtenOff) {
      writeOff(writtenOff);
    } else if (entry instanceof Entry.Evidenced evidenced) {
      add(evidenced);
    } else if (entry instanceof Entry.Owed owed) {
      owe(owed.notice());
    } else if (entry instanceof Entry.Taken taken) {
      run(
          "UPDATE musterMail SET takenAt = ? WHERE id = ?",
          micros(taken.at()),
          taken.notice().text());
    } else if (entry instanceof Entry.Reported reported) {
      run(
          "UPDATE musterEvidence SET reportedAt = ? WHERE orderId = ? AND device = ?"
              + " AND reportedAt IS NULL",
          micros(reported.at()),
          reported.command().text(),
          reported.device().toString());
    } else if (entry instanceof Entry.DeviceNoted noted) {
      note(noted.device());
    } else if (PersonRows.write(entry, this::run)
        || AlarmRows.write(entry, this::run)
        || MeterRows.write(entry, this::run)
        || MarketRows.write(entry, this::run)
        || FirmwareRows.write(entry, this::run)) {
      return;
    } else if (entry instanceof Entry.LookGranted granted) {
      grant(granted.grant());
    } else if (entry instanceof Entry.MandateGiven given) {
      give(given.record());
    } else if (entry instanceof Entry.CrlTaken taken) {
      run("INSERT INTO musterCrl (takenAt, crl) VALUES (?, ?)", micros(taken.at()), taken.crl());
    } else if (entry instanceof Entry.RefusalNoted noted) {
      run(
          "INSERT INTO musterRefusal (refusedAt, sender, reason, note) VALUES (?, ?, ?, ?)",
          micros(noted.at()),
          noted.sender().toString(),
          noted.refusal().reason().wire(),
          noted.refusal().text());
    } else if (entry instanceof Entry.ExcessCounted counted) {
      run(
          "INSERT INTO musterExcess (minuteStart, sender, kind, excess) VALUES (?, ?, ?, ?)",
          micros(counted.minute()),
          counted.sender().toString(),
          counted.kind().name(),
          counted.count());
    } else if (entry instanceof Entry.Noticed noticed) {
      run(
          "INSERT INTO musterNotice (toldAt, kind, device, note) VALUES (?, ?, ?, ?)",
          micros(noticed.at()),
          noticed.kind(),
          noticed.device().map(BareJid::toString).orElse(null),
          noticed.text());
    } else if (entry instanceof Entry.Attended attended) {
      run(
          "INSERT INTO musterAttendance (device, happenedAt, attendance, note) VALUES (?, ?, ?, ?)",
          attended.device().toString(),
          micros(attended.at()),
          attended.attendance().wire(),
          attended.note());
    } else if (entry instanceof Entry.Ran ran) {
      ran(ran);
    }
  }

  private void ran(Entry.Ran ran) throws SQLException {
    Object[] values = {micros(ran.alive()), micros(ran.started())};
    if (run("UPDATE musterRun SET aliveAt = ? WHERE startedAt = ?", values) == 0) {
      run("INSERT INTO musterRun (aliveAt, startedAt) VALUES (?, ?)", values);
    }
  }

  private void accept(Order order) throws SQLException {
    var submission = order.submission();
    run(
        "INSERT INTO musterOrder (id, issuer, acceptedAt, executeBy, digest, command, sealed)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        order.id().text(),
        submission.issuer().toString(),
        micros(submission.acceptedAt()),
        micros(submission.command().executeBy()),
        submission.digest().toString(),
        new String(submission.command().write(), StandardCharsets.UTF_8),
        submission.sealed().base64());
    for (Delivery delivery : order.deliveries()) {
      run(
          "INSERT INTO musterDelivery (orderId, device, leafIndex, leaf, state, changedAt, note)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?)",
          order.id().text(),
          delivery.device().toString(),
          delivery.index(),
          Json.text(delivery.leaf().write()),
          delivery.state().wire(),
          micros(delivery.at()),
          delivery.text());
      step(
          new Entry.Moved(
              order.id(), delivery.device(), delivery.state(), delivery.at(), delivery.text()));
    }
  }

  private void move(Entry.Moved moved) throws SQLException {
    int found =
        run(
            "UPDATE musterDelivery SET state = ?, changedAt = ?, note = ?"
                + " WHERE orderId = ? AND device = ?",
            moved.state().wire(),
            micros(moved.at()),
            moved.text(),
            moved.command().text(),
            moved.device().toString());
    if (found != 1) {
      throw new SQLException("no delivery of " + moved.command() + " to " + moved.device());
    }
    step(moved);
  }

  private void step(Entry.Moved moved) throws SQLException {
    run(
        "INSERT INTO musterStep (orderId, device, state, happenedAt, note) VALUES (?, ?, ?, ?, ?)",
        moved.command().text(),
        moved.device().toString(),
        moved.state().wire(),
        micros(moved.at()),
        moved.text());
  }

  private void conclude(Entry.Concluded concluded) throws SQLException {
    move(
        new Entry.Moved(
            concluded.command(),
            concluded.device(),
            concluded.state(),
            concluded.at(),
            concluded.text()));
    evidence(
        concluded.command(),
        concluded.device(),
        concluded.at(),
        concluded.outcomeDigest(),
        concluded.outcome());
  }

  private void evidence(DocumentId order, BareJid device, Instant at, Digest digest, Sealed outcome)
      throws SQLException {
    run(
        "INSERT INTO musterEvidence (orderId, device, receivedAt, kind, digest, sealed)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        order.text(),
        device.toString(),
        micros(at),
        Kind.OUTCOME.wire(),
        digest.toString(),
        outcome.base64());
  }

  private void writeOff(Entry.WrittenOff end) throws SQLException {
    move(
        new Entry.Moved(
            end.command(), end.device(), DeliveryState.UNCERTAIN, end.at(), end.text()));
    // Nobody waits for its report: whoever signed it has it.
    run(
        "INSERT INTO musterEvidence (orderId, device, receivedAt, reportedAt, kind, digest, sealed)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        end.command().text(),
        end.device().toString(),
        micros(end.at()),
        micros(end.at()),
        Kind.WRITE_OFF.wire(),
        end.writeOffDigest().toString(),
        end.writeOff().base64());
  }

  private void add(Entry.Evidenced late) throws SQLException {
    step(
        new Entry.Moved(
            late.command(), late.device(), DeliveryState.UNCERTAIN, late.at(), late.text()));
    evidence(late.command(), late.device(), late.at(), late.outcomeDigest(), late.outcome());
  }

  private void owe(Notice notice) throws SQLException {
    run(
        "INSERT INTO musterMail (id, person, toldAt, kind, orderId, device, note)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        notice.id().text(),
        notice.to().toString(),
        micros(notice.at()),
        notice.kind(),
        notice.order().text(),
        notice.device().map(BareJid::toString).orElse(null),
        notice.text());
  }

  private void note(DeviceRecord device) throws SQLException {
    Object[] values = {
      Columns.certificate(device.certified()),
      device.presence().map(DevicePresence::write).map(Json::text).orElse(null),
      micros(device.heard()),
      device.journalSeq(),
      device.quarantined() ? 1 : 0,
      device.absence().map(Columns::absence).orElse(null),
      Columns.belief(device),
      device.certified().jid().toString()
    };
    int found =
        run(
            "UPDATE musterDevice SET certificate = ?, presence = ?, heard = ?, journalSeq = ?,"
                + " quarantined = ?, absence = ?, belief = ? WHERE jid = ?",
            values);
    if (found == 0) {
      run(
          "INSERT INTO musterDevice (certificate, presence, heard, journalSeq, quarantined,"
              + " absence, belief, jid) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          values);
    }
  }

  private void grant(LookRecord record) throws SQLException {
    String id = record.grant().header().id().text();
    run("DELETE FROM musterLook WHERE id = ?", id);
    run(
        "INSERT INTO musterLook (id, endsAt, grantDocument, grantor, sealed)"
            + " VALUES (?, ?, ?, ?, ?)",
        id,
        micros(record.grant().until()),
        new String(record.grant().write(), StandardCharsets.UTF_8),
        Columns.certificate(record.grantor()),
        record.sealed().base64());
  }

  private void give(MandateRecord record) throws SQLException {
    String master = record.mandate().to().toString();
    run("DELETE FROM musterMandate WHERE master = ?", master);
    run(
        "INSERT INTO musterMandate (master, sealed) VALUES (?, ?)",
        master,
        record.sealed().base64());
  }

  private boolean exists(String sql, Object... values) throws SQLException {
    return statements.exists(sql, values);
  }

  private int run(String sql, Object... values) throws SQLException {
    return statements.run(sql, values);
  }
}
