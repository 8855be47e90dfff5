// SPDX-License-Identifier: Apache-2.0
package energy.muster.broadcast;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jivesoftware.openfire.IQRouter;
import org.jivesoftware.openfire.PacketRouter;
import org.jivesoftware.openfire.XMPPServer;
import org.xmpp.component.IQResultListener;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * One unsigned request of a given size from the server to many sessions, that each answers: an XMPP
 * ping (XEP-0199) filled up with text.
 */
final class Broadcast implements IQResultListener {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicLong COUNT = new AtomicLong();

  private final String text;
  private final List<JID> sessions;
  private final CountDownLatch silent;

  /**
   * @param prefix of the accounts that get it
   * @param characters how long each request's content is
   */
  Broadcast(String prefix, int characters) {
    sessions = Sessions.of(prefix);
    text = "x".repeat(characters);
    silent = new CountDownLatch(sessions.size());
  }

  int sessions() {
    return sessions.size();
  }

  /** How long until the last session has answered. */
  Duration run() throws InterruptedException {
    JID server = new JID(XMPPServer.getInstance().getServerInfo().getXMPPDomain());
    IQRouter answers = XMPPServer.getInstance().getIQRouter();
    PacketRouter router = XMPPServer.getInstance().getPacketRouter();
    long begin = System.nanoTime();
    for (JID session : sessions) {
      IQ ping = new IQ(IQ.Type.get, "broadcast-" + COUNT.incrementAndGet());
      ping.setFrom(server);
      ping.setTo(session);
      ping.setChildElement("ping", "urn:xmpp:ping").setText(text);
      answers.addIQResultListener(ping.getID(), this, PATIENCE.toMillis());
      router.route(ping);
    }
    if (!silent.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(silent.getCount() + " sessions did not answer a broadcast");
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public void receivedAnswer(IQ answer) {
    silent.countDown();
  }

  @Override
  public void answerTimeout(String id) {
    // The latch is not counted down, which says how many there were.
  }
}
