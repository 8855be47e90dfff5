// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.Image;
import energy.muster.link.RangeAnswer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A piece of an image as a range of bytes over HTTP (RFC 9110 14). */
final class Ranges {
  private static final int UNAVAILABLE = 503;
  private static final int LONGEST_QUOTE = 200;
  // RFC 6585 4.
  private static final int TOO_MANY = 429;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Duration UNSAID = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Ranges() {}

  private static boolean busy(RangeAnswer answer) {
    return answer.status() == UNAVAILABLE || answer.status() == TOO_MANY;
  }

  /** RFC 9110 10.2.3. A date is by a clock that this device does not go by. */
  private static Duration after(String said) {
    Duration asked =
        SECONDS.matcher(said).matches() ? Duration.ofSeconds(Long.parseLong(said)) : UNSAID;
    if (asked.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  /** The last byte of a piece, counted from 0. */
  static long last(Image image, int index) {
    return image.offset(index) + image.length(index) - 1;
  }

  /** What Content-Range says of a piece. */
  static String of(Image image, int index) {
    return "bytes %d-%d/%d".formatted(image.offset(index), last(image, index), image.size());
  }

  /** The bytes, if the answer is the piece that was asked for. */
  static byte[] piece(RangeAnswer answer, Image image, int index) throws TransferException {
    Optional<Duration> after = answer.retryAfter().filter(said -> busy(answer)).map(Ranges::after);
    if (after.isPresent()) {
      throw TransferException.later(
          "it is busy and says when to come back (status %d)".formatted(answer.status()),
          after.get());
    }
    if (answer.status() != HttpURLConnection.HTTP_PARTIAL) {
      throw TransferException.failed(
          "it answers with status " + answer.status() + " instead of the range asked for");
    }
    Optional<String> given = answer.range();
    if (given.filter(of(image, index)::equals).isEmpty()) {
      throw TransferException.failed(
          "it gives %s instead of %s"
              .formatted(given.map(Ranges::quoted).orElse("no range"), of(image, index)));
    }
    return answer.body();
  }

  /** Somebody else's words go into an order's answer, which others read. */
  static String quoted(String theirs) {
    String line = theirs.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
  }
}
