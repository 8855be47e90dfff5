// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/** The IQ requests of one session that wait for their answer. No thread waits with them. */
final class Requests {
  // Below Smack's queue of 500 stanzas, whose writer would block the asking thread when the server
  // has stopped reading.
  private static final int MOST = 400;

  private final String prefix;
  private final Duration within;
  private final ScheduledExecutorService timers;
  private final Runnable unanswered;
  private final AtomicLong count = new AtomicLong();
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private volatile boolean silent;
  private volatile boolean closed;

  private record Waiting(
      Jid peer, CompletableFuture<IQ> answer, Executor completeOn, Future<?> timeout) {}

  /**
   * @param prefix makes the ids of this session unlike those of any other
   * @param unanswered called when a request ran out of time
   */
  Requests(String prefix, Duration within, ScheduledExecutorService timers, Runnable unanswered) {
    this.prefix = prefix;
    this.within = within;
    this.timers = timers;
    this.unanswered = unanswered;
  }

  String nextId() {
    return prefix + count.incrementAndGet();
  }

  /** Whether another request may be queued; if not, nobody would know when it leaves. */
  boolean saturated() {
    return silent || waiting.size() >= MOST;
  }

  /** Waits for the answer to an id, from this peer and no other. */
  CompletableFuture<IQ> expect(String id, Jid peer, Executor completeOn) {
    CompletableFuture<IQ> answer = new CompletableFuture<>();
    Future<?> timeout =
        timers.schedule(() -> expired(id), within.toMillis(), TimeUnit.MILLISECONDS);
    waiting.put(id, new Waiting(peer, answer, completeOn, timeout));
    if (closed) {
      fail(id, "the connection was cut");
    }
    return answer;
  }

  /** Something came in, so the server lives. */
  void heard() {
    silent = false;
  }

  /** Takes a result or an error that somebody waits for. */
  boolean answered(IQ answer) {
    Waiting request = waiting.get(answer.getStanzaId());
    if (request == null || !request.peer().equals(answer.getFrom())) {
      return false;
    }
    if (waiting.remove(answer.getStanzaId(), request)) {
      request.timeout().cancel(false);
      request.completeOn().execute(() -> request.answer().complete(answer));
    }
    return true;
  }

  void fail(String id, String why) {
    Waiting request = waiting.remove(id);
    if (request != null) {
      request.timeout().cancel(false);
      request
          .completeOn()
          .execute(() -> request.answer().completeExceptionally(new LinkException(why)));
    }
  }

  void failAll(String why) {
    closed = true;
    waiting.keySet().forEach(id -> fail(id, why));
  }

  private void expired(String id) {
    silent = true;
    fail(id, "no answer within " + within.toSeconds() + " s");
    unanswered.run();
  }
}
