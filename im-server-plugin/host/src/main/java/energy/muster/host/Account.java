// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A login that the server must know.
 *
 * @param user the local part of the account's JID, in small letters
 * @param password as the client gives it
 */
record Account(String user, String password) {
  private static final Pattern USER = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final int MAX_PASSWORD = 256;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  Account {
    if (user == null || !USER.matcher(user).matches()) {
      throw new IllegalArgumentException(
          "'user' must be 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit");
    }
    if (password == null || password.isEmpty() || password.length() > MAX_PASSWORD) {
      throw new IllegalArgumentException(
          "'password' must have 1 to " + MAX_PASSWORD + " characters");
    }
  }

  /** Reads a file of one JSON object a line; blank lines are skipped. */
  static List<Account> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new HostFailure("Cannot read the accounts file " + file + ": " + e.getMessage(), e);
    }
    List<Account> accounts = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      if (!lines.get(line).isBlank()) {
        accounts.add(parse(lines.get(line), file + " line " + (line + 1)));
      }
    }
    return accounts;
  }

  private static Account parse(String line, String where) {
    try {
      return JSON.readValue(line, Account.class);
    } catch (JsonProcessingException e) {
      // The text of the line is not shown: it holds a password.
      String reason =
          e.getCause() instanceof IllegalArgumentException bad
              ? bad.getMessage()
              : "expected {\"user\":\"…\",\"password\":\"…\"}";
      throw new HostFailure(where + ": " + reason);
    }
  }

  @Override
  public String toString() {
    return "Account[" + user + "]";
  }
}
