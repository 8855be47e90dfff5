// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.auth.DefaultAuthProvider;
import org.jivesoftware.util.JiveGlobals;

/**
 * Accounts as Openfire keeps them, but a login under a name that nobody has goes like one with a
 * wrong password. Openfire draws another salt at each such try, and so tells anybody who tries
 * twice, without any password, which names exist.
 */
public final class EvenLogins extends DefaultAuthProvider {
  /** The server property with what made-up salts are made of; the same after a restart. */
  static final String SECRET = "muster.host.made-up-salts";

  private static final String ROW =
      "SELECT salt, iterations, storedKey, serverKey FROM ofUser WHERE username = ?";
  private static final String ITERATIONS = "sasl.scram-sha-1.iteration-count";
  private static final int USUAL_ITERATIONS = 4096;
  private static final int SALT_BYTES = 24;
  private static final int KEY_BYTES = 20;

  /** RFC 5802 3, each in base64. */
  private record Keys(String salt, int iterations, String stored, String server) {}

  @Override
  public String getSalt(String username) {
    return keys(username).salt();
  }

  @Override
  public int getIterations(String username) {
    return keys(username).iterations();
  }

  @Override
  public String getStoredKey(String username) {
    return keys(username).stored();
  }

  @Override
  public String getServerKey(String username) {
    return keys(username).server();
  }

  /** An account in the making has a row without keys, and is nobody until it has them. */
  private static Keys keys(String username) {
    // Made up for everybody, so that it takes as long whoever it is.
    Keys nobody = madeUp(username);
    try (Connection connection = DbConnectionManager.getConnection();
        PreparedStatement statement = connection.prepareStatement(ROW)) {
      statement.setString(1, username);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getString(1) != null
            ? new Keys(row.getString(1), row.getInt(2), row.getString(3), row.getString(4))
            : nobody;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("accounts cannot be read", e);
    }
  }

  /** Of keys that no password leads to. */
  private static Keys madeUp(String username) {
    return new Keys(
        madeUp("salt", username, SALT_BYTES),
        JiveGlobals.getIntProperty(ITERATIONS, USUAL_ITERATIONS),
        madeUp("stored key", username, KEY_BYTES),
        madeUp("server key", username, KEY_BYTES));
  }

  private static String madeUp(String what, String username, int bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = JiveGlobals.getProperty(SECRET).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] drawn = mac.doFinal((what + " of " + username).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(Arrays.copyOf(drawn, bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
