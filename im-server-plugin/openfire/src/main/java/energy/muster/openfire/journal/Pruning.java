// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.outcome.DeliveryState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Forgets what is older than the retention, and nothing that is still open. */
final class Pruning {
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
          + " AND e.reportedAt IS NULL)";

  private static final List<String> STATEMENTS =
      List.of(
          "DELETE FROM musterMail WHERE takenAt IS NOT NULL AND toldAt < ?",
          "DELETE FROM musterRefusal WHERE refusedAt < ?",
          "DELETE FROM musterExcess WHERE minuteStart < ?",
          "DELETE FROM musterNotice WHERE toldAt < ?",
          "DELETE FROM musterLook WHERE endsAt < ?",
          "DELETE FROM musterLine WHERE saidAt < ?",
          "DELETE FROM musterHandOver WHERE endsAt < ?",
          "DELETE FROM musterRun WHERE aliveAt < ?");

  // The last change before then says how a device stood at that time.
  private static final String ATTENDANCE =
      "DELETE FROM musterAttendance WHERE happenedAt < ? AND EXISTS (SELECT 1 FROM musterAttendance n"
          + " WHERE n.device = musterAttendance.device AND n.seq > musterAttendance.seq"
          + " AND n.happenedAt < ?)";

  private Pruning() {}

  static void before(Instant before, Connection connection) throws SQLException {
    for (String statement : STATEMENTS) {
      run(connection, statement, before);
    }
    run(connection, ATTENDANCE, before);
    // The order goes first: what the next statements see may be newer, and more orders over by
    // then.
    run(connection, "DELETE FROM musterOrder WHERE id IN (" + ORDERS + ")", before);
    for (String table : List.of("musterDelivery", "musterStep", "musterEvidence")) {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM "
                  + table
                  + " WHERE NOT EXISTS (SELECT 1 FROM musterOrder o WHERE o.id = orderId)")) {
        delete.executeUpdate();
      }
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
