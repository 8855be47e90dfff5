// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.firmware.FirmwarePolicy;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.firmware.Hardware;
import energy.muster.firmware.Image;
import energy.muster.firmware.Installed;
import energy.muster.firmware.ManifestAsk;
import energy.muster.firmware.Pass;
import energy.muster.firmware.Piece;
import energy.muster.firmware.PieceAsk;
import energy.muster.firmware.Rollout;
import energy.muster.firmware.UpdateProgress;
import energy.muster.fixture.Firmwares;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Certified;
import energy.muster.ied.fixture.FirmwareDouble;
import energy.muster.ied.gate.CommandKey;
import energy.muster.refusal.Reason;
import energy.muster.scan.Scanner;
import energy.muster.scan.ScannerPolicy;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cuts the power at every single change of the disk, on the whole way from one firmware to the next
 * and back, and looks at what is there afterwards.
 */
class UpdaterFaultTest {
  private static final int SIZE = 3 * FirmwareDouble.CHUNK + 7;
  private static final FirmwareVersion OLD = FirmwareVersion.parse("2.3.0");
  private static final FirmwareVersion NEW = FirmwareVersion.parse("2.4.1");

  @TempDir private Path folder;
  private final TestPki pki = new TestPki();
  private final Trust trust = pki.trust();
  private final Firmwares firmwares = new Firmwares(pki);
  private final Certified device = pki.device("relay-48").certified();
  private final byte[] image = Firmwares.image("2.4.1", SIZE);
  private final FirmwareDouble service = new FirmwareDouble(firmwares, "2.4.1", image);
  private final CommandKey key = new CommandKey(TestPki.jid("inst-1"), DocumentId.next(pki.now()));
  private final FaultyDisk disk = new FaultyDisk(new LocalDisk());
  private Path place;
  private Runnable waits = () -> {};
  private Program program = (path, task, expected) -> Optional.empty();

  private Slots slots() throws IOException {
    return Slots.open(place, disk, Firmware.delivered("relay", OLD, 0));
  }

  /** A start of the device, up to its next restart or the end of the update. */
  private Ending run() throws IOException {
    Slots slots = slots();
    slots.start(program);
    if (slots.record().running().version().equals(NEW)) {
      slots.confirm();
      return new Ending.Stopped();
    }
    return updater(slots).run();
  }

  private Updater updater(Slots slots) {
    return new Updater(
        slots,
        new Download(place.resolve("download"), disk),
        new Offers(TestPki.SITE, device, FirmwarePolicy.ONE_EACH, place, disk),
        new Line(),
        List.of(new Line()),
        new Inspection(ScannerPolicy.REQUIRED, content -> new Scanner.Verdict.Clean()),
        program,
        new Around(slots),
        new Control((control, time) -> {}),
        new Upgrade(
            key,
            new Instruction.Upgrade(
                "relay",
                NEW,
                Digest.of(service.manifest().write()),
                1,
                Optional.empty(),
                Rollout.CAREFUL),
            pki.now().plus(Duration.ofDays(1))));
  }

  private final class Line implements Service, Source {
    @Override
    public Sealed releases() {
      return ask(Payload.empty(Wire.FIRMWARE_RELEASES)).requireSealed();
    }

    @Override
    public Sealed manifest(Digest manifest) {
      return ask(new ManifestAsk(manifest).payload()).requireSealed();
    }

    @Override
    public byte[] list(Image of, int index) {
      return Piece.read(ask(new PieceAsk(of.digest(), index).payload(Wire.FIRMWARE_LIST))).bytes();
    }

    @Override
    public Pass pass(Image of) {
      throw new AssertionError("nobody asked");
    }

    @Override
    public byte[] chunk(Image of, int index) {
      return Piece.read(ask(new PieceAsk(of.digest(), index).payload(Wire.FIRMWARE_CHUNK))).bytes();
    }

    private Payload ask(Payload question) {
      return service.apply(question).join();
    }

    @Override
    public String name() {
      return "the double";
    }

    @Override
    public Duration apart() {
      return Duration.ZERO;
    }
  }

  private final class Around implements Surround {
    private final Slots slots;

    Around(Slots slots) {
      this.slots = slots;
    }

    @Override
    public Instant now() {
      return pki.now();
    }

    @Override
    public Trust trust() {
      return trust;
    }

    @Override
    public Installed installed() {
      Firmware runs = slots.record().running();
      return new Installed(
          new Hardware("northwind", "r-30"),
          runs.product(),
          runs.version(),
          runs.counter(),
          slots.record().boot(),
          new TreeMap<>());
    }

    @Override
    public void shown(UpdateProgress progress) {}

    @Override
    public boolean busy() {
      return false;
    }

    @Override
    public Optional<String> ready() {
      waits.run();
      return Optional.empty();
    }

    @Override
    public Optional<String> begin() {
      return Optional.empty();
    }
  }

  /** What is on disk is the old firmware, or the whole new one. */
  private FirmwareVersion there() throws IOException {
    Path boot = place.resolve("boot.json");
    if (!Files.exists(boot)) {
      return OLD;
    }
    BootRecord record = BootRecord.read(Files.readAllBytes(boot));
    Slot runs = record.trial().map(BootRecord.Trial::slot).orElse(record.active());
    if (record.running().version().equals(NEW)) {
      assertThat(Files.readAllBytes(place.resolve(runs.wire()).resolve("image"))).isEqualTo(image);
    } else {
      assertThat(record.running().version()).isEqualTo(OLD);
    }
    return record.running().version();
  }

  private void cut(int after, boolean half) throws IOException {
    disk.cut(after, half);
    try {
      while (run() instanceof Ending.Restart) {
        // The device starts again.
      }
    } catch (FaultyDisk.PowerCut e) {
      there();
    }
  }

  private int changesOfAWholeUpdate() throws IOException {
    place = folder.resolve("whole");
    disk.cut(Integer.MAX_VALUE, false);
    while (run() instanceof Ending.Restart) {
      // The device starts again.
    }
    assertThat(there()).isEqualTo(NEW);
    return disk.changes();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isTheOldOrTheNewAfterACutAtAnyChangeAndComesToTheNewThen(boolean half) throws IOException {
    int changes = changesOfAWholeUpdate();
    assertThat(changes).isGreaterThan(15);
    for (int after = 0; after < changes; after++) {
      place = folder.resolve("cut-" + after);
      service.given().clear();
      cut(after, half);
      List<Integer> before = List.copyOf(service.given());
      cut(Integer.MAX_VALUE, false);

      assertThat(there()).as("after a cut at change %d", after).isEqualTo(NEW);
      // What was on disk is not fetched again: at most the piece in hand.
      assertThat(service.given().size())
          .as("pieces given with a cut at change %d, before it %s", after, before)
          .isLessThanOrEqualTo(4 + 1);
    }
  }

  @Test
  void isTheOldOrTheNewAfterTwoCutsAtAnyTwoChanges() throws IOException {
    int changes = changesOfAWholeUpdate();
    for (int first = 0; first < changes; first++) {
      for (int second = 0; second < changes - first; second += 3) {
        place = folder.resolve("cuts-" + first + "-" + second);
        cut(first, true);
        cut(second, true);
        cut(Integer.MAX_VALUE, false);

        assertThat(there()).isEqualTo(NEW);
      }
    }
  }

  @Test
  void fallsBackAfterACutAtAnyChangeWhenTheNewDoesNotComeUp() throws IOException {
    program =
        (path, task, expected) ->
            task == Program.Task.BOOT ? Optional.of("it hangs") : Optional.empty();
    int changes = 40;
    for (int after = 0; after < changes; after++) {
      place = folder.resolve("back-" + after);
      disk.cut(after, false);
      try {
        run();
        run();
      } catch (FaultyDisk.PowerCut e) {
        there();
      }
      disk.cut(Integer.MAX_VALUE, false);
      Slots slots = slots();
      for (int starts = 0; starts < 4 && slots.record().failed().isEmpty(); starts++) {
        if (run() instanceof Ending.Restart) {
          slots = slots();
          slots.start(program);
        } else {
          slots = slots();
        }
      }

      assertThat(slots.record().running().version()).isEqualTo(OLD);
      assertThat(slots.record().failed().orElseThrow().order()).isEqualTo(key);
    }
  }

  @Test
  void aFirmwareThatIsNeverConfirmedIsLeftAfterAFewStarts() throws IOException {
    place = folder.resolve("trial");
    assertThat(run()).isInstanceOf(Ending.Restart.class);
    for (int start = 1; start <= Slots.MOST_TRIES; start++) {
      Slots slots = slots();
      slots.start(program);
      assertThat(slots.record().running().version()).isEqualTo(NEW);
    }

    Slots slots = slots();
    slots.start(program);

    assertThat(slots.record().running().version()).isEqualTo(OLD);
    assertThat(slots.record().failed().orElseThrow().why()).contains("not back in service");
  }

  @Test
  void everyStartIsCounted() throws IOException {
    place = folder.resolve("starts");
    for (int start = 1; start <= 5; start++) {
      Slots slots = slots();
      slots.start(program);
      assertThat(slots.record().boot()).isEqualTo(start);
    }
  }

  @Test
  void anImageThatTheDiskChangedWhileItWaitedIsNotRun() throws IOException {
    place = folder.resolve("rotten");
    waits =
        () -> {
          try {
            Path whole = place.resolve("download/image");
            byte[] rotten = Files.readAllBytes(whole);
            rotten[SIZE / 2] ^= 1;
            Files.write(whole, rotten);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    program =
        (path, task, expected) -> {
          throw new AssertionError("it was run");
        };

    Ending ending = run();

    assertThat(((Ending.Failed) ending).refusal().reason()).isEqualTo(Reason.CORRUPT);
    assertThat(there()).isEqualTo(OLD);
  }

  @Test
  void aStartThatCannotBeWrittenDownForWantOfRoomCountsOnceThereIs() throws IOException {
    place = folder.resolve("start");
    slots().start(program);
    disk.room(0);
    Slots full = slots();
    full.start(program);
    assertThat(full.record().boot()).isEqualTo(2);

    disk.room(Long.MAX_VALUE);
    full.tryNext(full.record().running());

    assertThat(slots().record().boot()).isEqualTo(2);
  }

  @Test
  void aFullDiskIsNoSpaceAndChangesNothing() throws IOException {
    place = folder.resolve("full");
    disk.room(2 * FirmwareDouble.CHUNK);

    Ending ending = run();

    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) ending).refusal().reason()).isEqualTo(Reason.NO_SPACE);
    assertThat(there()).isEqualTo(OLD);
    assertThat(service.given().stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .isEmpty();
  }
}
