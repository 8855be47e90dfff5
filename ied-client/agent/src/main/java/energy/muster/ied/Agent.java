// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied;

import energy.muster.identity.BareJid;
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
import energy.muster.ied.firmware.ChildProgram;
import energy.muster.ied.firmware.FirmwareKit;
import energy.muster.ied.firmware.LocalDisk;
import energy.muster.ied.journal.SqliteJournal;
import energy.muster.link.Link;
import energy.muster.link.LinkConfig;
import energy.muster.link.LinkListener;
import energy.muster.link.Links;
import energy.muster.link.ServerFiles;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** All devices of one process over one journal and one clock. */
final class Agent {
  private static final Duration FLOOR_EVERY = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final int FORGET_EVERY_MINUTES = 60;

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final Map<BareJid, Device> devices = new ConcurrentHashMap<>();
  private final ProcessRestart process;

  /** Opens the link of a device. */
  @FunctionalInterface
  interface Linking {
    Link open(LinkConfig config, LinkListener listener) throws IOException;
  }

  /** Starts this process again. */
  @FunctionalInterface
  interface ProcessRestart {
    void restart(String reason);
  }

  private Agent(ProcessRestart process) {
    this.process = process;
  }

  /**
   * Starts everything or nothing.
   *
   * @throws ConfigException when the configuration names what is not there or does not fit
   * @throws energy.muster.ied.journal.JournalException when the journal cannot be opened
   */
  static Agent start(AgentConfig config, Events events, Linking linking) {
    return start(config, events, linking, InstantSource.system(), reason -> {});
  }

  /**
   * Starts it by another clock than the machine's.
   *
   * @param process starts the process again, for a device that has it for itself
   */
  static Agent start(
      AgentConfig config,
      Events events,
      Linking linking,
      InstantSource system,
      ProcessRestart process) {
    Agent agent = new Agent(process);
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
    Hosting hosting = new Hosting(config, linking, journal, site);
    List<CompletableFuture<Void>> starting = new ArrayList<>();
    for (Key key : keys) {
      starting.add(host(hosting, key));
    }
    starting.forEach(CompletableFuture::join);
  }

  /** What every device of this process runs on. */
  private record Hosting(AgentConfig config, Linking linking, SqliteJournal journal, Site site) {}

  private CompletableFuture<Void> host(Hosting on, Key key) {
    Device device = Device.start(key.settings(kit(on, key)), on.site()).join();
    devices.put(device.jid(), device);
    return device.connect(
        listener -> open(on.linking(), link(on.config(), key, on.journal()), listener));
  }

  private Optional<FirmwareKit> kit(Hosting on, Key key) {
    return key.config()
        .firmware()
        .map(
            settings ->
                new FirmwareKit(
                    settings,
                    new LocalDisk(),
                    settings.scanner().scanner(),
                    new ChildProgram(settings.selfTestWithin()),
                    Optional.of(trusting(on.config())),
                    () ->
                        ServerFiles.open(
                            on.config().server(),
                            key.config().jid().domain(),
                            on.config().tlsAnchors(),
                            settings.pieceWithin()),
                    reason -> restart(on, key, reason)));
  }

  private static SSLContext trusting(AgentConfig config) {
    try {
      return Links.trusting(config.tlsAnchors());
    } catch (IOException e) {
      throw new ConfigException("server.tlsAnchors: " + e.getMessage());
    }
  }

  /** A device that has a process for itself starts with it; in a gateway it starts alone. */
  private void restart(Hosting on, Key key, String reason) {
    BareJid jid = key.config().jid();
    Thread again =
        new Thread(
            () -> {
              if (on.config().devices().size() == 1) {
                process.restart(reason);
              } else {
                reopen(on, key, reason);
              }
            },
            "restart " + jid.local());
    again.setDaemon(true);
    again.start();
  }

  private void reopen(Hosting on, Key key, String reason) {
    try {
      leave(devices.get(key.config().jid()), reason, on.site().workers());
      host(on, key).join();
    } catch (RuntimeException e) {
      on.site().events().trouble(key.config().jid(), "it did not start again: " + e.getMessage());
    }
  }

  private static void leave(Device device, String reason, Executor leaving) {
    device
        .stop(reason, leaving)
        .orTimeout(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .handle((stopped, late) -> null)
        .join();
  }

  /** A device's secrets, read. */
  private record Key(DeviceConfig config, SigningIdentity identity, String password) {
    static Key read(DeviceConfig device) {
      return new Key(device, Secrets.identity(device), Secrets.password(device));
    }

    Device.Settings settings(Optional<FirmwareKit> upgrades) {
      return new Device.Settings(
          identity,
          config.lease(),
          config.twoPersons(),
          config.releasedBy(),
          config.driver(),
          config.contact(),
          config.promises(),
          config.prices(),
          upgrades);
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
        devices.values().stream()
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
