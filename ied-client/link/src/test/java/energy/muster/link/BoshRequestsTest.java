// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import energy.muster.identity.BareJid;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BoshRequestsTest {
  private static final String EMPTY = "<body xmlns='http://jabber.org/protocol/httpbind'/>";

  private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Exception> lost = new CompletableFuture<>();
  private final BoshRequests requests =
      new BoshRequests(
          new BareJid("load-48", "grid.example"),
          new Server(),
          new BoshRequests.Ear() {
            @Override
            public void heard(BoshBody body) throws IOException {
              heard.add(body.attribute("n").orElse("none"));
            }

            @Override
            public void lost(Exception cause) {
              lost.complete(cause);
            }
          });

  private record Posted(String text, CompletableFuture<String> answer) {}

  /** Answers when the test does. */
  private final class Server implements HttpPost {
    @Override
    public String post(String text) throws IOException {
      Posted request = new Posted(text, new CompletableFuture<>());
      posted.add(request);
      try {
        return request.answer().get();
      } catch (ExecutionException e) {
        throw (IOException) e.getCause();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      posted.forEach(left -> left.answer().completeExceptionally(new IOException("cut")));
    }
  }

  @BeforeEach
  void open() throws Exception {
    CompletableFuture<Posted> first = CompletableFuture.supplyAsync(this::next);
    CompletableFuture<Void> answered =
        first.thenAccept(
            request -> request.answer().complete(EMPTY.replace("/>", " sid='s1' wait='25'/>")));
    requests.open();
    answered.join();
    requests.start();
  }

  @AfterEach
  void cut() {
    requests.cut();
  }

  private Posted next() {
    try {
      Posted request = posted.poll(10, TimeUnit.SECONDS);
      assertThat(request).as("a request within 10 s").isNotNull();
      return request;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String numbered(String n) {
    return EMPTY.replace("/>", " n='" + n + "'/>");
  }

  private static long rid(Posted request) {
    return Long.parseLong(request.text().replaceFirst("(?s).* rid='(\\d+)'.*", "$1"));
  }

  @Test
  void oneRequestAlwaysWaitsAtTheServer() {
    Posted waiting = next();
    assertThat(waiting.text()).contains("sid='s1'").endsWith("></body>");
    waiting.answer().complete(EMPTY);
    assertThat(rid(next())).isEqualTo(rid(waiting) + 1);
  }

  @Test
  void whatThereIsToSayGoesInASecond() {
    Posted waiting = next();
    requests.send("<a/>");
    Posted saying = next();
    assertThat(saying.text()).contains("<a/>");
    assertThat(rid(saying)).isEqualTo(rid(waiting) + 1);
  }

  @Test
  void thereIsNoThird() {
    next();
    requests.send("<a/>");
    Posted saying = next();
    requests.send("<b/>");
    requests.send("<c/>");
    saying.answer().complete(EMPTY);
    assertThat(next().text()).contains("<b/><c/>");
    assertThat(posted).isEmpty();
  }

  @Test
  void answersAreShownInTheOrderOfTheRequests() {
    Posted waiting = next();
    requests.send("<a/>");
    Posted saying = next();
    saying.answer().complete(numbered("2"));
    waiting.answer().complete(numbered("1"));
    await().untilAsserted(() -> assertThat(heard).startsWith("1", "2"));
  }

  @Test
  void whatHadNoAnswerIsSentAgainUnderItsNumber() {
    Posted waiting = next();
    waiting.answer().completeExceptionally(new IOException("reset by peer"));
    assertThat(next().text()).isEqualTo(waiting.text());
  }

  @Test
  void whatNeverHasAnAnswerEndsTheSession() {
    for (int tries = 0; tries < 3; tries++) {
      next().answer().completeExceptionally(new IOException("reset by peer"));
    }
    assertThat(lost).succeedsWithin(10, TimeUnit.SECONDS);
    assertThat(requests.send("<a/>")).isFalse();
  }

  @Test
  void aSessionThatTheServerDoesNotKnowIsNotAskedForAgain() {
    next().answer().completeExceptionally(new HttpPost.HttpRefusal(404));
    assertThat(lost).succeedsWithin(10, TimeUnit.SECONDS);
    assertThat(posted).isEmpty();
  }

  @Test
  void anAnswerThatIsNotOfBoshEndsTheSession() {
    next().answer().complete("<html xmlns='http://www.w3.org/1999/xhtml'/>");
    assertThat(lost).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void aNewStreamIsAskedForByItselfAndInItsPlace() {
    next();
    requests.send("<response/>");
    next().answer().complete(EMPTY);
    requests.send("<before/>");
    requests.restart();
    requests.send("<after/>");
    Posted before = next();
    before.answer().complete(EMPTY);
    Posted restart = next();
    assertThat(before.text()).contains("<before/>").doesNotContain("<after/>");
    assertThat(restart.text()).contains("xmpp:restart='true'").doesNotContain("<after/>");
    restart.answer().complete(EMPTY);
    assertThat(next().text()).contains("<after/>");
  }

  @Test
  void leavingSendsWhatWaitsAndThenTheEnd() throws Exception {
    next();
    requests.send("<last/>");
    CompletableFuture<Void> left =
        CompletableFuture.runAsync(
            () -> {
              try {
                requests.leave(10_000);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Posted last = next();
    assertThat(last.text()).contains("<last/>");
    last.answer().complete(EMPTY);
    Posted end = next();
    assertThat(end.text()).contains("type='terminate'");
    end.answer().complete(EMPTY);
    left.get(10, TimeUnit.SECONDS);
    assertThat(lost).isNotDone();
  }

  @Test
  void oneThatWasCutIsNotLost() {
    next();
    requests.cut();
    assertThat(requests.send("<a/>")).isFalse();
    assertThat(lost).isNotDone();
  }

  @Test
  void aServerThatOpensNoSessionIsRefused() {
    BoshRequests other =
        new BoshRequests(
            new BareJid("load-48", "grid.example"),
            new HttpPost() {
              @Override
              public String post(String text) {
                return EMPTY;
              }

              @Override
              public void close() {
                // Nothing is open.
              }
            },
            new BoshRequests.Ear() {
              @Override
              public void heard(BoshBody body) {
                // Nothing is heard.
              }

              @Override
              public void lost(Exception cause) {
                // Told by open().
              }
            });
    assertThatThrownBy(other::open).hasMessage("the server opens no session");
  }
}
