// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied;

import energy.muster.ied.clock.ScheduledTimer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.config.AgentConfig;
import energy.muster.ied.config.ConfigException;
import energy.muster.ied.config.DeviceConfig;
import energy.muster.ied.config.Secrets;
import energy.muster.ied.device.Device;
import energy.muster.ied.device.Events;
import energy.muster.ied.device.Site;
import energy.muster.ied.device.TrustStore;
import energy.muster.ied.journal.SqliteJournal;
import energy.muster.link.Link;
import energy.muster.link.LinkConfig;
import energy.muster.link.LinkListener;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All devices of one process over one journal and one clock. */
final class Agent {
  private static final Duration FLOOR_EVERY = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final int FORGET_EVERY_MINUTES = 60;

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<Device> devices = new ArrayList<>();

  /** Opens the link of a device. */
  @FunctionalInterface
  interface Linking {
    Link open(LinkConfig config, LinkListener listener) throws IOException;
  }

  private Agent() {}

  /**
   * Starts everything or nothing.
   *
   * @throws ConfigException when the configuration names what is not there or does not fit
   * @throws energy.muster.ied.journal.JournalException when the journal cannot be opened
   */
  static Agent start(AgentConfig config, Events events, Linking linking) {
    return start(config, events, linking, InstantSource.system());
  }

  /** Starts it by another clock than the machine's. */
  static Agent start(AgentConfig config, Events events, Linking linking, InstantSource system) {
    Agent agent = new Agent();
    try {
      agent.run(config, events, linking, system);
      return agent;
    } catch (CompletionException e) {
      agent.undoAll();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } catch (RuntimeException e) {
      agent.undoAll();
      throw e;
    }
  }

  private void run(AgentConfig config, Events events, Linking linking, InstantSource system) {
    Trust anchors = Secrets.trust(config.trustAnchors());
    // At least four: a device that waits for its link must not hold up the others.
    ExecutorService workers =
        Executors.newFixedThreadPool(Math.max(4, Runtime.getRuntime().availableProcessors()));
    undo.push(workers::shutdownNow);
    ScheduledExecutorService countdown = Executors.newSingleThreadScheduledExecutor();
    undo.push(countdown::shutdownNow);
    List<Key> keys = keys(config, workers);
    SqliteJournal journal = SqliteJournal.open(config.journal());
    undo.push(journal::close);
    TrustedClock clock =
        new TrustedClock(system, System::nanoTime, journal.floor(), config.clockTolerance());
    journal.keepFloorOf(clock::floor);
    var floors =
        countdown.scheduleWithFixedDelay(
            () -> keepFloor(journal, clock),
            FLOOR_EVERY.toMillis(),
            FLOOR_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
    undo.push(() -> floors.cancel(false));
    var forgetting =
        countdown.scheduleWithFixedDelay(
            () -> forget(journal, clock), 0, FORGET_EVERY_MINUTES, TimeUnit.MINUTES);
    undo.push(() -> forgetting.cancel(false));
    Site site =
        new Site(
            config.site(),
            journal,
            clock,
            new TrustStore(anchors, journal),
            workers,
            runner -> new ScheduledTimer(countdown, runner),
            events,
            config.zone());
    List<CompletableFuture<Void>> starting = new ArrayList<>();
    for (Key key : keys) {
      Device device = Device.start(key.settings(), site).join();
      devices.add(device);
      starting.add(device.connect(listener -> open(linking, link(config, key, journal), listener)));
    }
    starting.forEach(CompletableFuture::join);
  }

  /** A device's secrets, read. */
  private record Key(DeviceConfig config, SigningIdentity identity, String password) {
    static Key read(DeviceConfig device) {
      return new Key(device, Secrets.identity(device), Secrets.password(device));
    }

    Device.Settings settings() {
      return new Device.Settings(
          identity,
          config.lease(),
          config.twoPersons(),
          config.releasedBy(),
          config.driver(),
          config.contact(),
          config.promises(),
          config.prices());
    }
  }

  // On all cores: opening a PKCS#12 file is slow on purpose.
  private static List<Key> keys(AgentConfig config, ExecutorService workers) {
    List<CompletableFuture<Key>> reading =
        config.devices().stream()
            .map(device -> CompletableFuture.supplyAsync(() -> Key.read(device), workers))
            .toList();
    return reading.stream().map(CompletableFuture::join).toList();
  }

  private static LinkConfig link(AgentConfig config, Key key, SqliteJournal journal) {
    return new LinkConfig(
        config.server(),
        key.config().jid(),
        key.password(),
        config.tlsAnchors(),
        Optional.of(key.identity()),
        config.site(),
        journal.boot(),
        journal::sequence,
        LinkConfig.ANSWER_WITHIN);
  }

  private static Link open(Linking linking, LinkConfig config, LinkListener listener) {
    try {
      return linking.open(config, listener);
    } catch (IOException e) {
      throw new ConfigException("server.tlsAnchors: " + e.getMessage());
    }
  }

  private static void keepFloor(SqliteJournal journal, TrustedClock clock) {
    if (clock.read().sure()) {
      var unused = journal.keepFloor();
    }
  }

  private static void forget(SqliteJournal journal, TrustedClock clock) {
    TrustedClock.Reading reading = clock.read();
    if (reading.sure()) {
      var unused = journal.forget(reading.now());
    }
  }

  /** Every device takes leave, then the journal is closed. */
  void stop(String reason) {
    // Each leave waits for the service's answer, so they are taken side by side.
    ExecutorService leaving = Executors.newCachedThreadPool();
    CompletableFuture<?>[] stopping =
        devices.stream()
            .map(device -> device.stop(reason, leaving))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(stopping)
        .orTimeout(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .handle((stopped, late) -> null)
        .join();
    leaving.shutdownNow();
    undoAll();
  }

  private void undoAll() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
