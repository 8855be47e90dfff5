// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.util.function.Predicate;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;

/** A stream over TCP. */
final class TcpStream extends XMPPTCPConnection implements Stream {
  private final Predicate<Stanza> taker;
  private final TunedSockets sockets;

  /**
   * @param taker answers whether it took the stanza; Smack handles the others. Must not block.
   */
  TcpStream(
      XMPPTCPConnectionConfiguration configuration, TunedSockets sockets, Predicate<Stanza> taker) {
    super(configuration);
    this.sockets = sockets;
    this.taker = taker;
  }

  @Override
  public AbstractXMPPConnection connection() {
    return this;
  }

  @Override
  protected void processStanza(Stanza stanza) throws InterruptedException {
    if (!taker.test(stanza)) {
      super.processStanza(stanza);
    }
  }

  /** Waits for the connection's two threads. */
  @Override
  public void cut() {
    try {
      sockets.cut();
    } catch (IOException e) {
      // The socket is gone either way.
      LogLines.LINK.debug("closing a socket: {}", e.toString());
    }
    instantShutdown();
  }
}
