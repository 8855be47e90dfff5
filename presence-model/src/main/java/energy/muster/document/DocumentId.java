// SPDX-License-Identifier: Apache-2.0
package energy.muster.document;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The id a document keeps through every retry: a ULID (48 bits of milliseconds, 80 random bits,
 * Crockford base 32), so that ids sort by time and are safe to make anywhere.
 */
public record DocumentId(String text) implements Comparable<DocumentId> {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SHORT = 6;

  public DocumentId {
    if (!ULID.matcher(text).matches()) {
      throw new IllegalArgumentException("an id is a ULID of 26 characters");
    }
  }

  public static DocumentId next(Instant now) {
    byte[] random = new byte[10];
    RANDOM.nextBytes(random);
    char[] out = new char[26];
    long millis = now.toEpochMilli();
    for (int i = 9; i >= 0; i--) {
      out[i] = ALPHABET.charAt((int) (millis & 31));
      millis >>>= 5;
    }
    int buffer = 0;
    int bits = 0;
    int at = 10;
    for (byte b : random) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        out[at++] = ALPHABET.charAt((buffer >>> bits) & 31);
      }
    }
    return new DocumentId(new String(out));
  }

  /** Below every id that was made then or later. */
  public static DocumentId notBefore(Instant time) {
    String made = next(time).text();
    return new DocumentId(made.substring(0, 10) + "0".repeat(16));
  }

  /**
   * The last characters, as people see and type them; unique among one operator's recent orders,
   * not for ever.
   */
  public String brief() {
    return text.substring(text.length() - SHORT);
  }

  @Override
  public int compareTo(DocumentId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
