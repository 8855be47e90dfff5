// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.Image;
import energy.muster.link.RangeAnswer;
import java.net.HttpURLConnection;
import java.util.Optional;

/** A piece of an image as a range of bytes over HTTP (RFC 9110 14). */
final class Ranges {
  private Ranges() {}

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
    if (answer.status() != HttpURLConnection.HTTP_PARTIAL) {
      throw TransferException.failed(
          "it answers with status " + answer.status() + " instead of the range asked for");
    }
    Optional<String> given = answer.range();
    if (given.filter(of(image, index)::equals).isEmpty()) {
      throw TransferException.failed(
          "it gives %s instead of %s".formatted(given.orElse("no range"), of(image, index)));
    }
    return answer.body();
  }
}
