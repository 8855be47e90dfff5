// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Opens links. */
public final class Links {
  private Links() {}

  /**
   * What trusts the certificates of one PEM file and no other, for what is fetched beside a link.
   *
   * @throws IOException when the file cannot be read or holds no certificate
   */
  public static SSLContext trusting(Path pem) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {TlsAnchors.load(pem)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + " cannot be used: " + e.getMessage(), e);
    }
  }

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
