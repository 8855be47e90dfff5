// SPDX-License-Identifier: Apache-2.0
package energy.muster.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;

/**
 * Sends stanzas one after another and times what comes back: the answer, if there is one, and the
 * answer to a ping to the server sent right behind, before which a server that keeps the order has
 * dealt with the stanza.
 */
final class Race {
  private static final long PATIENCE_SECONDS = 10;
  private static final String UNTIMED = "-";

  private final XMPPTCPConnection connection;
  private final String domain;
  private final Map<String, Arrival> awaited = new ConcurrentHashMap<>();
  private volatile boolean running;

  private static final class Arrival {
    private final CountDownLatch here = new CountDownLatch(1);
    private volatile long at;
  }

  Race(XMPPTCPConnection connection) {
    this.connection = connection;
    this.domain = connection.getXMPPServiceDomain().toString();
    connection.addSyncStanzaListener(this::arrived, any -> running);
  }

  /** Whether what comes is the race's own business. */
  boolean running() {
    return running;
  }

  private void arrived(Stanza stanza) {
    Arrival arrival = stanza.getStanzaId() == null ? null : awaited.get(stanza.getStanzaId());
    if (arrival != null) {
      arrival.at = System.nanoTime();
      arrival.here.countDown();
    }
  }

  /**
   * The course is a file of lines: an id, a tab, a stanza; those with an id of "-" are not timed.
   */
  void run(Path course, Event result) throws IOException, InterruptedException, SmackException {
    List<String> answers = new ArrayList<>();
    List<String> pongs = new ArrayList<>();
    running = true;
    int number = 0;
    for (String line : Files.readAllLines(course)) {
      String[] words = line.split("\t", 3);
      boolean timed = !words[0].equals(UNTIMED);
      String id = timed ? words[0] : "untimed-" + number;
      Arrival answer = expect(id);
      Arrival pong = expect("pong-" + number);
      long begin = System.nanoTime();
      connection.sendStanza(new RawStanza(id, words[2]));
      connection.sendStanza(new RawStanza("pong-" + number, ping("pong-" + number)));
      if (!pong.here.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no answer to the ping behind " + line);
      }
      if (words[1].equals("yes") && !answer.here.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no answer to " + line);
      }
      if (timed) {
        answers.add(answer.here.getCount() == 0 ? Long.toString(answer.at - begin) : "");
        pongs.add(Long.toString(pong.at - begin));
      }
      awaited.clear();
      number++;
    }
    running = false;
    result.with("answers", String.join(",", answers)).with("pongs", String.join(",", pongs));
  }

  private Arrival expect(String id) {
    Arrival arrival = new Arrival();
    awaited.put(id, arrival);
    return arrival;
  }

  private String ping(String id) {
    return "<iq type='get' id='" + id + "' to='" + domain + "'><ping xmlns='urn:xmpp:ping'/></iq>";
  }
}
