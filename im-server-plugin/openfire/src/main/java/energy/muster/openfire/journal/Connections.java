// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections to the database come from; each is closed after use. */
@FunctionalInterface
public interface Connections {
  Connection open() throws SQLException;
}
