// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Files that the server hands out over HTTPS beside the link. Requests go to the server of the
 * route and to nobody else, so that a token that it gave is told to nobody else.
 */
public interface ServerFiles extends AutoCloseable {
  /**
   * Opens it; nothing is connected before something is asked.
   *
   * @param domain of the account: the server's certificate must be for it
   * @param anchors PEM with what alone is trusted
   * @param within how long an answer may take
   * @throws IOException when the anchors cannot be read
   */
  static ServerFiles open(ServerRoute route, String domain, Path anchors, Duration within)
      throws IOException {
    return new HttpsFiles(route, domain, TlsAnchors.load(anchors), within);
  }

  /**
   * Asks for a part of a file and blocks until it is there.
   *
   * @param token sent as {@code Authorization: Bearer}
   * @param first the first byte that is wanted, counted from 0
   * @param last the last byte that is wanted
   * @throws IOException when there is no answer, or one that is longer than was asked for
   */
  RangeAnswer get(String path, String token, long first, long last) throws IOException;

  /** Ends what is on its way at once. */
  @Override
  void close();
}
