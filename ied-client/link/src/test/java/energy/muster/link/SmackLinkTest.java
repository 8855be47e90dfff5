// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import energy.muster.identity.BareJid;
import energy.muster.wire.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jivesoftware.smack.ConnectionCreationListener;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPConnectionRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link whose server is not there, and whose process may have no thread left to give. */
final class SmackLinkTest {
  private static final String DOMAIN = "grid.example";
  private static final int NOBODY_LISTENS = 1;

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
  private final ThreadLocal<Boolean> atWork = ThreadLocal.withInitial(() -> false);
  private final AtomicBoolean wasShort = new AtomicBoolean();
  private final AtomicInteger tries = new AtomicInteger();
  private final ConnectionCreationListener watch =
      connection ->
          connection.addConnectionListener(
              new ConnectionListener() {
                @Override
                public void connecting(XMPPConnection begun) {
                  tries.incrementAndGet();
                }
              });
  @TempDir private Path folder;
  private SmackLink link;

  private static final class Deaf implements LinkListener {
    @Override
    public CompletionStage<Payload> asked(String from, Payload question) {
      return CompletableFuture.failedFuture(new LinkException("nobody is here"));
    }

    @Override
    public void told(Payload message) {}

    @Override
    public void changed(LinkState state) {}
  }

  @BeforeEach
  void watch() {
    XMPPConnectionRegistry.addConnectionCreationListener(watch);
  }

  @AfterEach
  void close() {
    XMPPConnectionRegistry.removeConnectionCreationListener(watch);
    assertThat(CompletableFuture.runAsync(link::close)).succeedsWithin(Duration.ofSeconds(10));
    timers.shutdownNow();
    pool.shutdownNow();
  }

  private void start(Executor work, Executor handshakes) throws IOException, InterruptedException {
    LinkConfig config =
        new LinkConfig(
            ServerRoute.tcp("127.0.0.1", NOBODY_LISTENS),
            new BareJid("sw2", DOMAIN),
            "secret",
            new ServerKeys(folder).pem(DOMAIN),
            Optional.empty(),
            "grid",
            1,
            () -> 0,
            LinkConfig.ANSWER_WITHIN);
    link =
        new SmackLink(
            config,
            new Deaf(),
            new LinkThreads(timers, work, handshakes),
            InstantSource.system(),
            () -> 0);
    link.start();
  }

  /** Gives no thread the first time. */
  private Executor shortOnce() {
    return task -> {
      failOnce();
      pool.execute(task);
    };
  }

  private void failOnce() {
    if (wasShort.compareAndSet(false, true)) {
      throw new InternalError("unable to create native thread");
    }
  }

  /** Gives no thread to who has one. */
  private void workAlone(Runnable task) {
    if (atWork.get()) {
      throw new InternalError("unable to create native thread");
    }
    pool.execute(
        () -> {
          atWork.set(true);
          task.run();
          atWork.set(false);
        });
  }

  @Test
  void itTriesAgainWhenThereWasNoThreadToDecideOn() throws Exception {
    start(shortOnce(), pool);
    await().until(() -> tries.get() > 0);
  }

  @Test
  void itTriesAgainWhenThereWasNoThreadToConnectOn() throws Exception {
    start(pool, shortOnce());
    await().until(() -> tries.get() > 0);
  }

  @Test
  void itTriesAgainWhenThereWasNoThreadForTheConnection() throws Exception {
    ConnectionCreationListener shortage =
        connection ->
            connection.addConnectionListener(
                new ConnectionListener() {
                  @Override
                  public void connecting(XMPPConnection begun) {
                    failOnce();
                  }
                });
    XMPPConnectionRegistry.addConnectionCreationListener(shortage);
    try {
      start(pool, pool);
      await().until(() -> tries.get() > 1);
    } finally {
      XMPPConnectionRegistry.removeConnectionCreationListener(shortage);
    }
  }

  @Test
  void itTriesAgainWhenThereWasNoThreadToCutTheLastConnectionOn() throws Exception {
    start(this::workAlone, pool);
    await().until(() -> tries.get() > 1);
  }

  @Test
  void whatIsClosedBeforeItsTurnToConnectDoesNotConnect() throws Exception {
    Queue<Runnable> handshakes = new ConcurrentLinkedQueue<>();
    start(pool, handshakes::add);
    await().until(() -> !handshakes.isEmpty());
    link.close();
    handshakes.remove().run();

    assertThat(tries).hasValue(0);
  }
}
