// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests of one BOSH session (XEP-0124): one always waits at the server, a second takes what
 * there is to say, which makes the server answer the first. Answers are shown in the order of the
 * requests. What had no answer is sent again under its number, which the server takes once.
 */
final class BoshRequests {
  /** How long the server may keep a request; shorter than what proxies take for dead. */
  static final Duration WAIT = Duration.ofSeconds(25);

  private static final int AT_ONCE = 2;
  private static final int MOST_CHARACTERS = 256 * 1024;
  private static final int MOST_QUEUED = 2_000;
  private static final int TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  // XEP-0124 14.1: no number above 2^53 - 1, and the first well below.
  private static final int RANDOM_BITS = 40;
  private static final String RESTART = "";

  private final BareJid account;
  private final HttpPost post;
  private final Ear ear;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<String> queue = new ArrayDeque<>();
  private final Map<Long, String> answers = new HashMap<>();
  private final Object showing = new Object();
  private String sid = "";
  private long nextNumber;
  private long nextAnswer;
  private int underway;
  private boolean leaving;
  private boolean ended;

  /** Who is shown the answers, one after another. */
  interface Ear {
    /** What it throws ends the session. */
    void heard(BoshBody body) throws Exception;

    /** The session is over, and not because somebody here ended it. */
    void lost(Exception cause);
  }

  private record Request(long number, String text, boolean last) {}

  BoshRequests(BareJid account, HttpPost post, Ear ear) {
    this.account = account;
    this.post = post;
    this.ear = ear;
    this.nextNumber = 1 + (new SecureRandom().nextLong() >>> (Long.SIZE - RANDOM_BITS));
  }

  /** Opens the session and returns what the server says first. */
  BoshBody open() throws IOException, InterruptedException {
    long number = nextNumber++;
    BoshBody first =
        BoshBody.of(
            send(
                new Request(
                    number,
                    "<body xmlns='%s' rid='%d' to='%s' wait='%d' hold='1' ver='1.6'"
                            .formatted(
                                BoshBody.NAMESPACE, number, account.domain(), WAIT.toSeconds())
                        + " content='text/xml; charset=utf-8' xml:lang='en'"
                        + " xmlns:xmpp='urn:xmpp:xbosh' xmpp:version='1.0'/>",
                    false)));
    sid = first.attribute("sid").orElseThrow(() -> new IOException("the server opens no session"));
    nextAnswer = nextNumber;
    return first;
  }

  /** From now on a request waits at the server. */
  void start() {
    for (int worker = 0; worker < AT_ONCE; worker++) {
      Thread thread = new Thread(this::work, "bosh-" + worker + " " + account.local());
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Queues an element; answers whether the session is still there. */
  boolean send(String element) {
    lock.lock();
    try {
      if (ended || leaving || queue.size() >= MOST_QUEUED) {
        return false;
      }
      queue.add(element);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Asks for the stream to begin anew; answers whether the session is still there. */
  boolean restart() {
    return send(RESTART);
  }

  /** Sends what is queued and the end of the session, and waits for the answer for so long. */
  void leave(long withinMillis) throws InterruptedException {
    lock.lock();
    try {
      leaving = true;
      changed.signalAll();
      long left = TimeUnit.MILLISECONDS.toNanos(withinMillis);
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends it at once. */
  void cut() {
    end();
    post.close();
  }

  private boolean end() {
    lock.lock();
    try {
      boolean first = !ended;
      ended = true;
      changed.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (Optional<Request> request = next(); request.isPresent(); request = next()) {
        String answer = send(request.get());
        if (request.get().last()) {
          end();
        } else {
          answered(request.get().number(), answer);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (end()) {
        ear.lost(e);
      }
    }
  }

  /** The next request when there is reason for one; none when the session is over. */
  private Optional<Request> next() throws InterruptedException {
    lock.lock();
    try {
      while (!ended && !due()) {
        changed.await();
      }
      if (ended) {
        return Optional.empty();
      }
      underway++;
      boolean last = leaving && queue.isEmpty();
      long number = nextNumber++;
      return Optional.of(new Request(number, text(number, last), last));
    } finally {
      lock.unlock();
    }
  }

  private boolean due() {
    boolean toSay = !queue.isEmpty() || leaving;
    return toSay ? underway < AT_ONCE : underway == 0;
  }

  private String text(long number, boolean last) {
    StringBuilder text =
        new StringBuilder("<body xmlns='")
            .append(BoshBody.NAMESPACE)
            .append("' rid='")
            .append(number)
            .append("' sid='")
            .append(sid)
            .append('\'');
    if (last) {
      return text.append(" type='terminate'/>").toString();
    }
    if (RESTART.equals(queue.peek())) {
      queue.remove();
      return text.append(" to='")
          .append(account.domain())
          .append("' xmlns:xmpp='urn:xmpp:xbosh' xmpp:restart='true'/>")
          .toString();
    }
    text.append('>');
    do {
      String element = queue.poll();
      if (element != null) {
        text.append(element);
      }
    } while (!queue.isEmpty()
        && !RESTART.equals(queue.peek())
        && text.length() + queue.peek().length() < MOST_CHARACTERS);
    return text.append("</body>").toString();
  }

  private String send(Request request) throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return post.post(request.text());
      } catch (HttpPost.HttpRefusal e) {
        throw e;
      } catch (IOException e) {
        if (tries == TRIES || request.last() || pausedUntilEnd()) {
          throw e;
        }
        LogLines.LINK.debug("{} sends a request again: {}", account, e.toString());
      }
    }
  }

  private boolean pausedUntilEnd() throws InterruptedException {
    lock.lock();
    try {
      long left = BETWEEN_TRIES.toNanos();
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private void answered(long number, String answer) throws Exception {
    lock.lock();
    try {
      underway--;
      answers.put(number, answer);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    synchronized (showing) {
      for (Optional<String> next = nextAnswer(); next.isPresent(); next = nextAnswer()) {
        ear.heard(BoshBody.of(next.get()));
      }
    }
  }

  private Optional<String> nextAnswer() {
    lock.lock();
    try {
      String answer = answers.remove(nextAnswer);
      if (answer != null) {
        nextAnswer++;
      }
      return Optional.ofNullable(answer);
    } finally {
      lock.unlock();
    }
  }
}
