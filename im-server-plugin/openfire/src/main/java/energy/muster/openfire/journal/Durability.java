// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a commit mean "on disk". HSQLDB, as Openfire sets it up, writes commits up to a second late
 * and lost them in every kill we tried. PostgreSQL keeps its promise unless it was told not to,
 * which is for its owner to undo.
 */
public final class Durability {
  private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

  private Durability() {}

  /** Checks, corrects what can be corrected, and logs what holds. */
  public static void ensure(Connections connections) throws SQLException {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      String product = connection.getMetaData().getDatabaseProductName();
      if (product.startsWith("PostgreSQL")) {
        required(statement, "fsync");
        required(statement, "synchronous_commit");
        LOG.info("The journal is in PostgreSQL with every commit synced");
        return;
      }
      if (!product.startsWith("HSQL")) {
        LOG.info("The journal is in {}; commits are as durable as that is set up to be", product);
        return;
      }
      boolean late = writesLate(statement);
      if (late) {
        // The statement, not the connection property: Openfire's own script sets a delay over it.
        statement.execute("SET FILES WRITE DELAY FALSE");
        if (writesLate(statement)) {
          throw new SQLException("HSQLDB keeps its write delay: answered orders could be lost");
        }
      }
      LOG.info(
          "The journal is in HSQLDB with every commit synced ({})",
          late ? "its write delay is now off" : "its write delay was off");
    }
  }

  private static void required(Statement statement, String setting) throws SQLException {
    try (ResultSet found = statement.executeQuery("SHOW " + setting)) {
      if (!found.next() || found.getString(1).equals("off")) {
        throw new SQLException(
            "PostgreSQL runs with "
                + setting
                + " = off: answered orders could be lost. Set it to on");
      }
    }
  }

  private static boolean writesLate(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery(
            "SELECT property_value FROM information_schema.system_properties"
                + " WHERE property_name = 'hsqldb.write_delay'")) {
      return !found.next() || !"false".equals(found.getString(1));
    }
  }
}
