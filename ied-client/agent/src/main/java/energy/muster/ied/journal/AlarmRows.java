// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.alarm.Alarm;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of the journal that are about alarms, one method each. */
final class AlarmRows {
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private AlarmRows() {}

  static Void raise(Statements statements, BareJid device, Alarm alarm, Sealed sealed)
      throws SQLException {
    PreparedStatement insert =
        statements.prepare(
            "INSERT INTO alarm (device, id, occurrence, is_return, content, sealed,"
                + " forget_after_millis) VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert.setString(1, device.toString());
    insert.setString(2, alarm.header().id().text());
    insert.setString(3, alarm.occurrence().text());
    insert.setBoolean(4, !alarm.isOnset());
    insert.setString(5, new String(alarm.write(), StandardCharsets.UTF_8));
    insert.setBytes(6, sealed.cms());
    insert.setLong(7, alarm.header().issuedAt().plus(REMEMBERED).toEpochMilli());
    insert.executeUpdate();
    return null;
  }

  static Void worst(Statements statements, BareJid device, DocumentId onset, BigDecimal worst)
      throws SQLException {
    PreparedStatement update =
        statements.prepare("UPDATE alarm SET worst = ? WHERE device = ? AND id = ?");
    update.setString(1, worst.toPlainString());
    update.setString(2, device.toString());
    update.setString(3, onset.text());
    update.executeUpdate();
    return null;
  }

  static Void taken(Statements statements, BareJid device, DocumentId id) throws SQLException {
    PreparedStatement update =
        statements.prepare("UPDATE alarm SET taken = 1 WHERE device = ? AND id = ?");
    update.setString(1, device.toString());
    update.setString(2, id.text());
    update.executeUpdate();
    return null;
  }

  /** Both ends of an alarm that is over and told, a day later. */
  static void forget(Statements statements, Instant now) throws SQLException {
    PreparedStatement delete =
        statements.prepare(
            "DELETE FROM alarm WHERE (device, occurrence) IN"
                + " (SELECT device, occurrence FROM alarm GROUP BY device, occurrence"
                + " HAVING max(is_return) = 1 AND min(taken) = 1"
                + " AND max(forget_after_millis) < ?)");
    delete.setLong(1, now.toEpochMilli());
    delete.executeUpdate();
  }

  /** Those that are not over or not taken, oldest first. */
  static List<KeptAlarm> kept(Statements statements, BareJid device) throws SQLException {
    List<KeptAlarm> kept = new ArrayList<>();
    PreparedStatement select =
        statements.prepare(
            "SELECT content, sealed, worst, taken FROM alarm WHERE device = ? AND (taken = 0"
                + " OR occurrence NOT IN"
                + " (SELECT occurrence FROM alarm WHERE device = ? AND is_return = 1))"
                + " ORDER BY place");
    select.setString(1, device.toString());
    select.setString(2, device.toString());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        kept.add(
            new KeptAlarm(
                Alarm.read(rows.getString("content").getBytes(StandardCharsets.UTF_8)),
                new Sealed(rows.getBytes("sealed")),
                Optional.ofNullable(rows.getString("worst")).map(BigDecimal::new),
                rows.getBoolean("taken")));
      }
    }
    return kept;
  }
}
