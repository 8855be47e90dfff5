// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;

/** Takes a text to the server and brings its answer. */
interface HttpPost extends AutoCloseable {
  /**
   * Blocks until the answer is there.
   *
   * @throws IOException when there is none; the same may be tried again
   * @throws HttpRefusal when the server refused it, and would again
   */
  String post(String text) throws IOException;

  /** Ends what is on its way at once. */
  @Override
  void close();

  /** An answer with a status that is no success. */
  final class HttpRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    HttpRefusal(int status) {
      super(
          switch (status) {
            case 404 -> "the server knows no such session (HTTP 404)";
            case 407 -> "the proxy wants another login (HTTP 407)";
            default -> "the server refuses over HTTP with " + status;
          });
    }
  }
}
