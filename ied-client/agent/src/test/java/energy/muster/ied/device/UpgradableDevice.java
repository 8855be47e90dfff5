// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import energy.muster.command.Instruction;
import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.FirmwareReport;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.UpdateState;
import energy.muster.fixture.Firmwares;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverFactory;
import energy.muster.ied.firmware.ChildProgram;
import energy.muster.ied.firmware.Firmware;
import energy.muster.ied.firmware.FirmwareKit;
import energy.muster.ied.firmware.FirmwareSettings;
import energy.muster.ied.firmware.InstallWindow;
import energy.muster.ied.firmware.LocalDisk;
import energy.muster.ied.firmware.ScannerSettings;
import energy.muster.ied.fixture.CountingDriver;
import energy.muster.ied.fixture.FirmwareDouble;
import energy.muster.ied.fixture.Orders;
import energy.muster.ied.fixture.TestSite;
import energy.muster.ied.journal.SqliteJournal;
import energy.muster.outcome.Result;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import energy.muster.seal.Digest;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A device whose firmware may be replaced, and a service that offers one. */
abstract class UpgradableDevice {
  static final int SIZE = 5 * FirmwareDouble.CHUNK + 100;

  @TempDir Path folder;
  final TestSite site = new TestSite("relay-48");
  final Firmwares firmwares = new Firmwares(site.pki());
  final SigningIdentity installer = site.pki().identity("inst-1", Role.INSTALLER);
  final ExecutorService workers = Executors.newCachedThreadPool();
  final AtomicInteger restarts = new AtomicInteger();
  FirmwareDouble service = new FirmwareDouble(firmwares, "2.4.1", Firmwares.image("2.4.1", SIZE));
  List<InstallWindow> windows = List.of();
  boolean httpFirst;
  Optional<URI> http = Optional.empty();
  FirmwareKit.Door door =
      () -> {
        throw new IOException("there is no such door");
      };
  ScannerPolicy policy = ScannerPolicy.OFF;
  Scanner scanner = Scanner.NONE;
  SqliteJournal journal;

  void start() {
    start(new CountingDriver.Settings());
  }

  void start(DriverFactory driver) {
    FirmwareSettings settings =
        new FirmwareSettings(
            folder.resolve("firmware"),
            new Hardware("northwind", "r-30"),
            Firmware.delivered("relay", FirmwareVersion.parse("2.3.0"), 0),
            new TreeMap<>(),
            FirmwarePolicy.ONE_EACH,
            httpFirst,
            http,
            Duration.ofSeconds(5),
            windows,
            ZoneOffset.UTC,
            Duration.ofSeconds(5),
            new ScannerSettings(policy, Optional.empty(), Duration.ofSeconds(5), 1_000_000));
    site.upgradable(
            new FirmwareKit(
                settings,
                new LocalDisk(),
                content -> scanner.scan(content),
                new ChildProgram(Duration.ofSeconds(5)),
                Optional.empty(),
                door,
                reason -> restarts.incrementAndGet()))
        .answered(service);
    if (journal != null) {
      journal.close();
    }
    journal = SqliteJournal.open(folder.resolve("journal.db"));
    site.start(driver, journal, workers);
    site.link().prove();
  }

  @AfterEach
  void stop() {
    site.device().stop("over", workers).join();
    journal.close();
    workers.shutdownNow();
  }

  Orders upgrade() {
    return upgrade(1);
  }

  /** The order of somebody who saw that list of releases. */
  Orders upgrade(long releases) {
    return Orders.order(
        installer,
        site.jid(),
        new Instruction.Upgrade(
            "relay",
            FirmwareVersion.parse("2.4.1"),
            Digest.of(service.manifest().write()),
            releases,
            Optional.empty(),
            Rollout.CAREFUL),
        site.time().instant());
  }

  Orders ordered() {
    Orders order = upgrade();
    deliver(order);
    return order;
  }

  void deliver(Orders order) {
    var answer = site.link().deliver(order.delivery());
    await().until(answer::isDone);
    assertThat(answer.join().wire()).isIn(Wire.RECEIVED, Wire.OUTCOME);
  }

  Result result(Orders order) {
    await().until(() -> !site.outcomes(order.id()).isEmpty());
    return site.outcomes(order.id()).get(0).result();
  }

  static Reason reason(Result result) {
    if (result instanceof Result.Failed failed) {
      return failed.refusal().reason();
    }
    return ((Result.Declined) result).refusal().reason();
  }

  FirmwareReport report() {
    await().until(() -> reports().size() > 0);
    List<Payload> all = reports();
    return FirmwareReport.read(
        site.pki()
            .trust()
            .open(all.get(all.size() - 1).requireSealed(), site.pki().now())
            .content());
  }

  List<Payload> reports() {
    return site.link().sets().stream()
        .filter(payload -> payload.wire() == Wire.FIRMWARE_REPORT)
        .toList();
  }

  DevicePresence presence() {
    site.time().advance(Duration.ofMillis(300));
    return site.link().presence().orElseThrow();
  }

  Optional<UpdateState> state() {
    return presence().firmware().orElseThrow().update().map(it -> it.state());
  }

  void awaitState(UpdateState expected) {
    await().until(() -> state().equals(Optional.of(expected)));
  }

  String runs() {
    return presence().firmware().orElseThrow().version().toString();
  }

  void restarted() {
    await().until(() -> restarts.get() == 1);
    start();
  }
}
