// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.util.Random;

/** RFC 4648 in lower case and without padding, for names that nobody shall guess. */
final class Base32 {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int CHARACTERS = 26;

  private Base32() {}

  /** At least 128 random bits. */
  static String random128(Random random) {
    StringBuilder text = new StringBuilder(CHARACTERS);
    random.ints(CHARACTERS, 0, ALPHABET.length()).mapToObj(ALPHABET::charAt).forEach(text::append);
    return text.toString();
  }
}
