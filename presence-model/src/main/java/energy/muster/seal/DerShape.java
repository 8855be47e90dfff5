// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;

/**
 * Walks the lengths of an encoding before a parser that recurses sees it: definite lengths in their
 * shortest form, low tag numbers, limited depth, nothing after the end.
 */
final class DerShape {
  private static final int MAX_DEPTH = 24;
  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_TAG = 0x1f;

  private final byte[] der;
  private int at;

  private DerShape(byte[] der) {
    this.der = der;
  }

  /** Refuses what is not exactly one well-nested element, as malformed. */
  static void check(byte[] der) {
    DerShape shape = new DerShape(der);
    shape.element(der.length, 0);
    if (shape.at != der.length) {
      throw malformed("bytes follow its end");
    }
  }

  private void element(int end, int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed("it nests deeper than " + MAX_DEPTH);
    }
    int tag = next(end);
    if ((tag & HIGH_TAG) == HIGH_TAG) {
      throw malformed("it has a tag above 30");
    }
    int length = length(end);
    if (length > end - at) {
      throw malformed("it ends too early");
    }
    int contentEnd = at + length;
    if ((tag & CONSTRUCTED) == 0) {
      at = contentEnd;
    }
    while (at < contentEnd) {
      element(contentEnd, depth + 1);
    }
  }

  private int length(int end) {
    int first = next(end);
    if (first < 0x80) {
      return first;
    }
    int octets = first & 0x7f;
    if (octets == 0 || octets > 3) {
      throw malformed("it has an indefinite or excessive length");
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = length << 8 | next(end);
    }
    if (length < 0x80 || length >>> (8 * (octets - 1)) == 0) {
      throw malformed("a length is not in its shortest form");
    }
    return length;
  }

  private int next(int end) {
    if (at >= end) {
      throw malformed("it ends too early");
    }
    return der[at++] & 0xff;
  }

  private static Refused malformed(String why) {
    return new Refused(Reason.MALFORMED, "the sealed document is not DER: " + why);
  }
}
