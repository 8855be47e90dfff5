// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.outcome.DeliveryState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Forgets what is older than the retention, and nothing that is still open. */
final class Pruning {
  /** How many orders go in one transaction. */
  static final int SLICE = 100;

  private static final String OVER =
      Arrays.stream(DeliveryState.values())
          .filter(DeliveryState::terminal)
          .map(state -> "'" + state.wire() + "'")
          .collect(Collectors.joining(", "));

  /** Orders of before then whose every delivery is over and whose every outcome was reported. */
  private static final String ORDERS =
      "SELECT o.id FROM musterOrder o WHERE o.executeBy < ?"
          + " AND NOT EXISTS (SELECT 1 FROM musterDelivery d WHERE d.orderId = o.id"
          + " AND d.state NOT IN ("
          + OVER
          + ")) AND NOT EXISTS (SELECT 1 FROM musterEvidence e WHERE e.orderId = o.id"
          + " AND e.reportedAt IS NULL)"
          // Who has a tariff is asked as long as it matters.
          + " AND NOT EXISTS (SELECT 1 FROM musterPublication p WHERE p.orderId = o.id)";

  private static final List<String> STATEMENTS =
      List.of(
          "DELETE FROM musterMail WHERE takenAt IS NOT NULL AND toldAt < ?",
          "DELETE FROM musterRefusal WHERE refusedAt < ?",
          "DELETE FROM musterExcess WHERE minuteStart < ?",
          "DELETE FROM musterNotice WHERE toldAt < ?",
          "DELETE FROM musterLook WHERE endsAt < ?",
          "DELETE FROM musterLine WHERE saidAt < ?",
          "DELETE FROM musterHandOver WHERE endsAt < ?",
          "DELETE FROM musterLetter WHERE state <> 'waiting' AND madeAt < ?",
          // The newest number stays, so that none is given twice.
          "DELETE FROM musterAlarm WHERE closedAt < ?"
              + " AND alarmNumber < (SELECT MAX(n.alarmNumber) FROM musterAlarm n)",
          // A meter's last document stays, so that none is taken twice.
          "DELETE FROM musterReadings WHERE endsAt < ? AND sequenceNumber <"
              + " (SELECT MAX(n.sequenceNumber) FROM musterReadings n"
              + " WHERE n.meter = musterReadings.meter)",
          "DELETE FROM musterCorrection WHERE endsAt < ?",
          "DELETE FROM musterPublication WHERE overAt < ?",
          "DELETE FROM musterChangeSet WHERE endedAt < ? AND setNumber <"
              + " (SELECT MAX(n.setNumber) FROM musterChangeSet n"
              + " WHERE n.dataClass = musterChangeSet.dataClass)",
          "DELETE FROM musterProposal WHERE endsAt < ?"
              + " AND proposalNumber < (SELECT MAX(n.proposalNumber) FROM musterProposal n)",
          "DELETE FROM musterFirmware WHERE expiresAt < ?",
          // The highest number stays, so that none is taken twice.
          "DELETE FROM musterReleases WHERE takenAt < ? AND seq <"
              + " (SELECT MAX(n.seq) FROM musterReleases n)",
          // What a device runs stays known.
          "DELETE FROM musterInstalled WHERE takenAt < ? AND seq <"
              + " (SELECT MAX(n.seq) FROM musterInstalled n"
              + " WHERE n.device = musterInstalled.device)",
          "DELETE FROM musterCampaignAct WHERE takenAt < ? AND NOT EXISTS"
              + " (SELECT 1 FROM musterOrder o WHERE o.id = musterCampaignAct.orderId)",
          "DELETE FROM musterRun WHERE aliveAt < ?");

  // The last change before then says how a device stood at that time.
  private static final String ATTENDANCE =
      "DELETE FROM musterAttendance WHERE happenedAt < ? AND EXISTS (SELECT 1 FROM musterAttendance n"
          + " WHERE n.device = musterAttendance.device AND n.seq > musterAttendance.seq"
          + " AND n.happenedAt < ?)";

  /** What no alarm is left of. */
  private static final List<String> LEFT_OF_ALARMS =
      List.of(
          "DELETE FROM musterAlarmStep WHERE NOT EXISTS (SELECT 1 FROM musterAlarm a"
              + " WHERE a.alarmNumber = musterAlarmStep.alarmNumber) AND happenedAt < ?",
          "DELETE FROM musterAlarmMention WHERE NOT EXISTS (SELECT 1 FROM musterAlarm a"
              + " WHERE a.alarmNumber = musterAlarmMention.alarmNumber)",
          "DELETE FROM musterAlarmPaper WHERE NOT EXISTS (SELECT 1 FROM musterAlarmMention m"
              + " WHERE m.issuer = musterAlarmPaper.issuer AND m.id = musterAlarmPaper.id)"
              + " AND takenAt < ?");

  private static final List<String> TABLES_OF_ORDERS =
      List.of("musterDelivery", "musterStep", "musterEvidence");

  private Pruning() {}

  /**
   * Forgets, in transactions of at most so many orders: while one lasts, the embedded database lets
   * nobody else write.
   */
  static void before(Instant before, Connection connection, int slice) throws SQLException {
    connection.setAutoCommit(false);
    try {
      for (String statement : STATEMENTS) {
        run(connection, statement, before);
        connection.commit();
      }
      run(connection, ATTENDANCE, before);
      connection.commit();
      for (String statement : LEFT_OF_ALARMS) {
        run(connection, statement, before);
        connection.commit();
      }
      while (orders(connection, before, slice) == slice) {
        connection.commit();
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static int orders(Connection connection, Instant before, int slice) throws SQLException {
    List<String> over = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(ORDERS)) {
      select.setMaxRows(slice);
      select.setLong(1, micros(before));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          over.add(rows.getString(1));
        }
      }
    }
    delete(connection, "DELETE FROM musterOrder WHERE id = ?", over);
    for (String table : TABLES_OF_ORDERS) {
      delete(connection, "DELETE FROM " + table + " WHERE orderId = ?", over);
    }
    return over.size();
  }

  private static void delete(Connection connection, String statement, List<String> orders)
      throws SQLException {
    if (orders.isEmpty()) {
      return;
    }
    try (PreparedStatement delete = connection.prepareStatement(statement)) {
      for (String order : orders) {
        delete.setString(1, order);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  private static void run(Connection connection, String statement, Instant before)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(statement)) {
      for (int i = 1; i <= delete.getParameterMetaData().getParameterCount(); i++) {
        delete.setLong(i, micros(before));
      }
      delete.executeUpdate();
    }
  }
}
