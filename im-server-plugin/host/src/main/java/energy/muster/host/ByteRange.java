// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes of a file (RFC 9110, 14.1.2).
 *
 * @param first the first byte, from 0
 * @param last the last byte, within the file
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** How a header asks for one. */
  enum Asked {
    /** Not at all, or for several, or in units we do not know: all of it is sent. */
    ALL,
    ONE,
    /** For one that is not in the file. */
    NONE
  }

  static Asked asked(Optional<String> header, long size) {
    if (header.isEmpty()
        || !ONE.matcher(header.get()).matches()
        || header.get().equals("bytes=-")) {
      return Asked.ALL;
    }
    return parse(header.get(), size).isPresent() ? Asked.ONE : Asked.NONE;
  }

  static Optional<ByteRange> parse(String header, long size) {
    Matcher matcher = ONE.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String from = matcher.group(1);
    String to = matcher.group(2);
    long first;
    long last = size - 1;
    if (from.isEmpty()) {
      if (to.isEmpty() || Long.parseLong(to) == 0) {
        return Optional.empty();
      }
      first = Math.max(0, size - Long.parseLong(to));
    } else {
      first = Long.parseLong(from);
      if (!to.isEmpty()) {
        last = Math.min(last, Long.parseLong(to));
      }
    }
    return first <= last ? Optional.of(new ByteRange(first, last)) : Optional.empty();
  }

  long length() {
    return last - first + 1;
  }
}
