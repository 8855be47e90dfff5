// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.Image;
import energy.muster.firmware.Manifest;
import energy.muster.firmware.Piece;
import energy.muster.firmware.PieceAsk;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Role;
import energy.muster.ied.clock.ScheduledTimer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.firmware.ChildProgram;
import energy.muster.ied.firmware.Firmware;
import energy.muster.ied.firmware.FirmwareKit;
import energy.muster.ied.firmware.FirmwareSettings;
import energy.muster.ied.firmware.ScannerSettings;
import energy.muster.ied.fixture.CountingDriver;
import energy.muster.ied.fixture.FakeLink;
import energy.muster.ied.fixture.ParkingDisk;
import energy.muster.ied.fixture.RecordedEvents;
import energy.muster.ied.journal.SqliteJournal;
import energy.muster.pki.Pem;
import energy.muster.scan.Scanner;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import energy.muster.warning.Peers;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A device that is to be upgraded, as a program: with its own journal and slots, over a link whose
 * other end is files. It prints {@code parked} and stands still before a change of its disk, says
 * {@code done} when the service has its outcome, and ends with status 86 to be started again.
 */
final class UpgradeVictim {
  static final int START_AGAIN = 86;
  static final char[] PASSPHRASE = "victim".toCharArray();

  private final Path folder;

  private UpgradeVictim(Path folder) {
    this.folder = folder;
  }

  /**
   * @param arguments the folder, and before which change or after how many bytes it stands still
   */
  public static void main(String[] arguments) throws Exception {
    new UpgradeVictim(Path.of(arguments[0]))
        .run(new ParkingDisk(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2])));
    new CountDownLatch(1).await();
  }

  private void run(ParkingDisk disk) throws IOException {
    ScheduledExecutorService countdown = Executors.newSingleThreadScheduledExecutor();
    ExecutorService workers = Executors.newCachedThreadPool();
    SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
    SigningIdentity identity = SigningIdentity.load(folder.resolve("device.p12"), PASSPHRASE);
    Trust trust =
        Trust.of(Pem.certificates(folder.resolve("ca.pem")))
            .withCrl(Files.readAllBytes(folder.resolve("crl")));
    Site site =
        new Site(
            TestPki.SITE,
            journal,
            new TrustedClock(
                InstantSource.system(), System::nanoTime, journal.floor(), TrustedClock.TOLERANCE),
            new TrustStore(trust, journal),
            workers,
            runner -> new ScheduledTimer(countdown, runner),
            new RecordedEvents(),
            ZoneOffset.UTC);
    FirmwareKit kit =
        new FirmwareKit(
            settings(),
            disk,
            Scanner.NONE,
            new ChildProgram(Duration.ofSeconds(20)),
            Optional.empty(),
            () -> {
              throw new IOException("there is no such door");
            },
            reason -> Runtime.getRuntime().halt(START_AGAIN));
    Device device =
        Device.start(
                new Device.Settings(
                    identity,
                    Duration.ofSeconds(60),
                    Set.of(),
                    Role.ENGINEER,
                    new CountingDriver.Settings(),
                    Optional.empty(),
                    Promises.ANY,
                    Optional.empty(),
                    Optional.of(kit)),
                site)
            .join();
    CompletableFuture<FakeLink> opened = new CompletableFuture<>();
    device
        .connect(
            listener -> {
              FakeLink link = new FakeLink(device.jid(), listener);
              link.service(this::answer);
              opened.complete(link);
              return link;
            })
        .join();
    FakeLink link = opened.join();
    link.prove();
    var unused =
        link.deliver(
            Payload.of(
                Wire.DELIVER,
                new Sealed(Files.readAllBytes(folder.resolve("order.cms"))),
                energy.muster.json.Json.parse(Files.readString(folder.resolve("order.json")))));
  }

  private FirmwareSettings settings() {
    return new FirmwareSettings(
        folder.resolve("firmware"),
        new Hardware("northwind", "r-30"),
        Firmware.delivered("relay", FirmwareVersion.parse("2.3.0"), 0),
        new TreeMap<>(),
        FirmwarePolicy.ONE_EACH,
        false,
        Optional.empty(),
        Duration.ofSeconds(5),
        List.of(),
        ZoneOffset.UTC,
        Duration.ofSeconds(20),
        ScannerSettings.OFF);
  }

  private CompletableFuture<Payload> answer(Payload question) {
    try {
      return CompletableFuture.completedFuture(read(question));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Payload read(Payload question) throws IOException {
    return switch (question.wire()) {
      case FIRMWARE_RELEASES, FIRMWARE_MANIFEST ->
          Payload.of(
              question.wire(),
              new Sealed(Files.readAllBytes(folder.resolve(question.wire().element() + ".cms"))));
      case FIRMWARE_LIST ->
          new Piece(cut("list", question, Piece.LONGEST)).payload(question.wire());
      case FIRMWARE_CHUNK -> {
        Sealed sealed = new Sealed(Files.readAllBytes(folder.resolve("manifest.cms")));
        Image image = Manifest.read(sealed.unverified()).image();
        note("given", Integer.toString(PieceAsk.read(question).index()));
        yield new Piece(cut("image", question, image.chunk())).payload(question.wire());
      }
      case FIRMWARE_REPORT -> {
        note("reports", question.requireSealed().base64());
        yield Payload.empty(question.wire());
      }
      case OUTCOME -> {
        note("outcomes", question.requireSealed().base64());
        System.out.println("done");
        System.out.flush();
        yield Payload.empty(question.wire());
      }
      case PEERS -> Peers.NONE.payload();
      default -> Payload.empty(question.wire());
    };
  }

  private byte[] cut(String file, Payload question, int length) throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve(file));
    int from = PieceAsk.read(question).index() * length;
    return Arrays.copyOfRange(all, from, Math.min(all.length, from + length));
  }

  private void note(String file, String line) throws IOException {
    Files.write(
        folder.resolve(file),
        (line + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
