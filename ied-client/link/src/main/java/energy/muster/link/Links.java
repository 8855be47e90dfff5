// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** Opens links. */
public final class Links {
  private Links() {}

  /**
   * Opens a link, which connects in the background and comes back by itself until it is closed.
   *
   * @throws IOException when the TLS anchors cannot be read; that the server is not there is no
   *     error
   */
  public static Link open(LinkConfig config, LinkListener listener) throws IOException {
    SmackLink link =
        new SmackLink(
            config,
            listener,
            LinkThreads.shared(),
            InstantSource.system(),
            () -> ThreadLocalRandom.current().nextDouble());
    link.start();
    return link;
  }
}
