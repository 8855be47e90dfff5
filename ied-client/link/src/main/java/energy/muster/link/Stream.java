// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.util.function.Predicate;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;

/**
 * A Smack connection that shows each incoming stanza to the session first, on the reader's thread:
 * that keeps the order of the stream and saves Smack's hop between threads.
 */
final class Stream extends XMPPTCPConnection {
  private final Predicate<Stanza> taker;
  private final TunedSockets sockets;

  /**
   * @param taker answers whether it took the stanza; Smack handles the others. Must not block.
   */
  Stream(
      XMPPTCPConnectionConfiguration configuration, TunedSockets sockets, Predicate<Stanza> taker) {
    super(configuration);
    this.sockets = sockets;
    this.taker = taker;
  }

  @Override
  protected void processStanza(Stanza stanza) throws InterruptedException {
    if (!taker.test(stanza)) {
      super.processStanza(stanza);
    }
  }

  /** Ends the connection without a word and waits for its two threads. */
  void cut() {
    try {
      sockets.cut();
    } catch (IOException e) {
      // The socket is gone either way.
      LogLines.LINK.debug("closing a socket: {}", e.toString());
    }
    instantShutdown();
  }
}
