// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.journal.DeviceRecord.Remembered;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements of the journal, one method each. */
final class Rows {
  private Rows() {}

  static void head(Statements statements, long sequence, Instant floor) throws SQLException {
    PreparedStatement update =
        statements.prepare("UPDATE journal SET sequence = ?, floor_millis = max(floor_millis, ?)");
    update.setLong(1, sequence);
    update.setLong(2, floor.toEpochMilli());
    update.executeUpdate();
  }

  static List<byte[]> revocationLists(Statements statements) throws SQLException {
    List<byte[]> lists = new ArrayList<>();
    PreparedStatement select = statements.prepare("SELECT der FROM revocation_list ORDER BY place");
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        lists.add(rows.getBytes(1));
      }
    }
    return lists;
  }

  static Void replaceRevocationLists(Statements statements, List<byte[]> lists)
      throws SQLException {
    PreparedStatement delete = statements.prepare("DELETE FROM revocation_list");
    PreparedStatement insert = statements.prepare("INSERT INTO revocation_list (der) VALUES (?)");
    delete.executeUpdate();
    for (byte[] der : lists) {
      insert.setBytes(1, der);
      insert.executeUpdate();
    }
    return null;
  }

  static Void intend(Statements statements, BareJid device, Intent intent) throws SQLException {
    PreparedStatement insert =
        statements.prepare(
            "INSERT INTO command"
                + " (device, issuer, id, digest, sealed, content, leaf, forget_after_millis)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    set(insert, device, intent);
    insert.executeUpdate();
    return null;
  }

  // A refusal has no intent before it, hence the insert; an outcome once there is never replaced.
  static void conclude(Statements statements, BareJid device, Intent intent, Sealed outcome)
      throws SQLException {
    PreparedStatement upsert =
        statements.prepare(
            "INSERT INTO command"
                + " (device, issuer, id, digest, sealed, content, leaf, forget_after_millis,"
                + " outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (device, issuer, id) DO UPDATE SET outcome = excluded.outcome"
                + " WHERE outcome IS NULL");
    set(upsert, device, intent);
    upsert.setBytes(9, outcome.cms());
    upsert.executeUpdate();
  }

  private static void set(PreparedStatement statement, BareJid device, Intent intent)
      throws SQLException {
    setKey(statement, device, intent.key());
    statement.setBytes(4, intent.digest().bytes());
    statement.setBytes(5, intent.sealed().cms());
    statement.setString(6, intent.content());
    statement.setString(7, intent.leaf());
    statement.setLong(8, intent.forgetAfter().toEpochMilli());
  }

  private static void setKey(PreparedStatement statement, BareJid device, CommandKey key)
      throws SQLException {
    statement.setString(1, device.toString());
    statement.setString(2, key.issuer().toString());
    statement.setString(3, key.id().text());
  }

  static Void acknowledge(Statements statements, BareJid device, CommandKey key)
      throws SQLException {
    PreparedStatement update =
        statements.prepare(
            "UPDATE command SET acknowledged = 1"
                + " WHERE device = ? AND issuer = ? AND id = ? AND outcome IS NOT NULL");
    setKey(update, device, key);
    update.executeUpdate();
    return null;
  }

  static Void save(Statements statements, BareJid device, String state) throws SQLException {
    PreparedStatement upsert =
        statements.prepare(
            "INSERT INTO device (jid, state) VALUES (?, ?)"
                + " ON CONFLICT (jid) DO UPDATE SET state = excluded.state");
    upsert.setString(1, device.toString());
    upsert.setString(2, state);
    upsert.executeUpdate();
    return null;
  }

  static Void reserveRevisions(Statements statements, BareJid device, long ceiling)
      throws SQLException {
    PreparedStatement upsert =
        statements.prepare(
            "INSERT INTO device (jid, revision_ceiling) VALUES (?, ?)"
                + " ON CONFLICT (jid) DO UPDATE SET revision_ceiling ="
                + " max(revision_ceiling, excluded.revision_ceiling)");
    upsert.setString(1, device.toString());
    upsert.setLong(2, ceiling);
    upsert.executeUpdate();
    return null;
  }

  static Void forget(Statements statements, Instant now) throws SQLException {
    PreparedStatement delete =
        statements.prepare(
            "DELETE FROM command WHERE acknowledged = 1 AND forget_after_millis < ?");
    delete.setLong(1, now.toEpochMilli());
    delete.executeUpdate();
    AlarmRows.forget(statements, now);
    MeterRows.forget(statements, now);
    return null;
  }

  static Optional<Sealed> outcome(Statements statements, BareJid device, CommandKey key)
      throws SQLException {
    PreparedStatement select =
        statements.prepare(
            "SELECT outcome FROM command"
                + " WHERE device = ? AND issuer = ? AND id = ? AND outcome IS NOT NULL");
    setKey(select, device, key);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(new Sealed(row.getBytes(1))) : Optional.empty();
    }
  }

  static DeviceRecord device(Statements statements, BareJid device) throws SQLException {
    Optional<String> state = Optional.empty();
    long ceiling = 0;
    PreparedStatement select =
        statements.prepare("SELECT state, revision_ceiling FROM device WHERE jid = ?");
    select.setString(1, device.toString());
    try (ResultSet row = select.executeQuery()) {
      if (row.next()) {
        state = Optional.ofNullable(row.getString(1));
        ceiling = row.getLong(2);
      }
    }
    Map<CommandKey, Sealed> unsent = new LinkedHashMap<>();
    Map<CommandKey, Intent> own = new HashMap<>();
    List<Intent> unfinished = open(statements, device, unsent, own);
    return new DeviceRecord(
        state,
        ceiling,
        remembered(statements, device),
        unfinished,
        unsent,
        own,
        AlarmRows.kept(statements, device));
  }

  private static Map<CommandKey, Remembered> remembered(Statements statements, BareJid device)
      throws SQLException {
    Map<CommandKey, Remembered> remembered = new HashMap<>();
    PreparedStatement select =
        statements.prepare(
            "SELECT issuer, id, digest, forget_after_millis FROM command WHERE device = ?");
    select.setString(1, device.toString());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        remembered.put(
            key(rows),
            new Remembered(
                new Digest(rows.getBytes("digest")),
                Instant.ofEpochMilli(rows.getLong("forget_after_millis"))));
      }
    }
    return remembered;
  }

  private static List<Intent> open(
      Statements statements,
      BareJid device,
      Map<CommandKey, Sealed> unsent,
      Map<CommandKey, Intent> own)
      throws SQLException {
    List<Intent> unfinished = new ArrayList<>();
    PreparedStatement select =
        statements.prepare(
            "SELECT issuer, id, digest, sealed, content, leaf, forget_after_millis, outcome"
                + " FROM command WHERE device = ? AND acknowledged = 0 ORDER BY place");
    select.setString(1, device.toString());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] outcome = rows.getBytes("outcome");
        if (outcome == null) {
          unfinished.add(intent(rows));
        } else {
          CommandKey key = key(rows);
          unsent.put(key, new Sealed(outcome));
          if (key.issuer().equals(device)) {
            own.put(key, intent(rows));
          }
        }
      }
    }
    return unfinished;
  }

  private static CommandKey key(ResultSet row) throws SQLException {
    return new CommandKey(
        BareJid.parse(row.getString("issuer")), new DocumentId(row.getString("id")));
  }

  private static Intent intent(ResultSet row) throws SQLException {
    return new Intent(
        key(row),
        new Digest(row.getBytes("digest")),
        new Sealed(row.getBytes("sealed")),
        row.getString("content"),
        row.getString("leaf"),
        Instant.ofEpochMilli(row.getLong("forget_after_millis")));
  }
}
