// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import energy.muster.firmware.ImageScan;
import energy.muster.firmware.Piece;
import energy.muster.firmware.SignedRelease;
import energy.muster.firmware.UpdateProgress;
import energy.muster.firmware.UpdateState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings a device to another firmware, up to the restart that tries it. It is always run from the
 * beginning: whatever an earlier run has done and is right on disk is found and not done again, so
 * that it does not matter where that one ended. It blocks, holds one piece at a time in memory, and
 * is used by a thread of its own.
 */
public final class Updater {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration MAKE_WAY = Duration.ofMillis(100);
  private static final int TRIES = 5;

  private final Slots slots;
  private final Download download;
  private final Offers offers;
  private final Service service;
  private final List<Source> sources;
  private final Inspection inspection;
  private final Program program;
  private final Surround surround;
  private final Control control;
  private final Upgrade upgrade;
  private UpdateState state = UpdateState.DOWNLOADING;
  private int percent;

  /**
   * @param sources the preferred one first
   */
  public Updater(
      Slots slots,
      Download download,
      Offers offers,
      Service service,
      List<Source> sources,
      Inspection inspection,
      Program program,
      Surround surround,
      Control control,
      Upgrade upgrade) {
    this.slots = slots;
    this.download = download;
    this.offers = offers;
    this.service = service;
    this.sources = List.copyOf(sources);
    this.inspection = inspection;
    this.program = program;
    this.surround = surround;
    this.control = control;
    this.upgrade = upgrade;
  }

  /** Goes as far as it can. */
  public Ending run() {
    try {
      return prepare();
    } catch (Control.Stopped e) {
      return new Ending.Stopped();
    } catch (Broken e) {
      return e.ending();
    } catch (Refused e) {
      return new Ending.Declined(e.refusal(), UpdateState.INVALID_SIGNATURE);
    } catch (DiskFullException e) {
      return failed(Reason.NO_SPACE, e.getMessage());
    } catch (IOException e) {
      return failed(Reason.HARDWARE_FAULT, "the disk: " + e.getMessage());
    }
  }

  private Ending failed(Reason reason, String text) {
    return new Ending.Failed(
        new Refusal(reason, text),
        control.installing() ? UpdateState.INSTALLATION_FAILED : UpdateState.DOWNLOAD_FAILED);
  }

  private Ending prepare() throws Control.Stopped, Broken, IOException {
    show(UpdateState.DOWNLOADING, 0);
    surround.step("offer");
    SignedRelease offered = offer();
    Image image = offered.manifest().image();
    if (!slots.holds(image)) {
      fetch(image);
      show(UpdateState.DOWNLOADED, 100);
      surround.step("whole");
      if (!slots.isWhole(download.image(), image)) {
        download.clear();
        throw Broken.failed(
            UpdateState.INVALID_SIGNATURE,
            Reason.CORRUPT,
            "the image is not the one that was signed, though its pieces are");
      }
    }
    show(UpdateState.SIGNATURE_VERIFIED, 100);
    surround.step("scan");
    ImageScan scan = inspection.look(slots.holds(image) ? slots.free() : download.image(), control);
    return install(image, scan);
  }

  private Ending install(Image image, ImageScan scan) throws Control.Stopped, Broken, IOException {
    surround.step("wait");
    SignedRelease fresh;
    Optional<String> wait;
    do {
      while (surround.busy() || reasonToWait().isPresent()) {
        wait(UpdateState.INSTALL_SCHEDULED);
      }
      // Again, right before: what was released when the download began may have been taken back.
      fresh = offer();
      wait = surround.begin();
      if (wait.isPresent()) {
        wait(UpdateState.INSTALL_SCHEDULED);
      }
    } while (wait.isPresent());
    show(UpdateState.INSTALLING, 100);
    surround.step("install");
    if (!slots.holds(image)) {
      slots.put(download.image());
      // It may have waited for weeks since all of it was checked.
      if (!slots.holds(image)) {
        throw Broken.failed(
            UpdateState.INSTALLATION_FAILED,
            Reason.CORRUPT,
            "the image is no longer what it was when it had come: the disk changed it");
      }
    }
    surround.step("runnable");
    slots.runnable();
    surround.step("self-test");
    Firmware next = Firmware.of(fresh.manifest(), fresh.digest(), upgrade.key(), scan);
    Optional<String> wrong = program.run(slots.free(), Program.Task.SELF_TEST, next);
    if (wrong.isPresent()) {
      throw Broken.failed(
          UpdateState.INSTALL_VERIFICATION_FAILED, Reason.SELF_TEST_FAILED, "%s", wrong.get());
    }
    surround.step("try");
    slots.tryNext(next);
    show(UpdateState.INSTALL_REBOOTING, 100);
    surround.step("restart");
    return new Ending.Restart();
  }

  private Optional<String> reasonToWait() throws Broken, Control.Stopped {
    requireTime();
    return surround.ready();
  }

  private void wait(UpdateState meanwhile) throws Control.Stopped, Broken {
    requireTime();
    show(meanwhile, percent);
    control.rest(LOOK_AGAIN);
  }

  /** What the service offers now, if this device takes it. */
  private SignedRelease offer() throws Control.Stopped, Broken, IOException {
    Sealed releases = ask(service::releases);
    Sealed manifest = ask(() -> service.manifest(upgrade.what().manifest()));
    SignedRelease offered = offers.open(manifest, releases, surround.trust(), surround.now());
    Optional<Refusal> refusal =
        misplaced(offered)
            .or(
                () ->
                    offered.releases().number() < upgrade.what().releases()
                        ? Optional.of(
                            Refusal.of(
                                Reason.ROLLBACK,
                                "list of releases %d; the order was given by list %d",
                                offered.releases().number(),
                                upgrade.what().releases()))
                        : Optional.empty());
    if (refusal.isEmpty()) {
      refusal =
          offers.refuse(offered, releases, surround.installed(), surround.trust(), surround.now());
    }
    if (refusal.isPresent()) {
      throw Broken.declined(UpdateState.INVALID_SIGNATURE, refusal.get());
    }
    return offered;
  }

  private Optional<Refusal> misplaced(SignedRelease offered) {
    boolean same =
        offered.digest().equals(upgrade.what().manifest())
            && offered.manifest().product().equals(upgrade.what().product())
            && offered.manifest().version().equals(upgrade.what().version());
    return same
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Reason.CORRUPT,
                "the order is for %s %s; what came is another manifest",
                upgrade.what().product(),
                upgrade.what().version()));
  }

  private void fetch(Image image) throws Control.Stopped, Broken, IOException {
    Optional<ChunkList> there = download.list(image);
    ChunkList list = there.isPresent() ? there.get() : list(image);
    if (!download.fits(image)) {
      throw Broken.failed(
          UpdateState.DOWNLOAD_FAILED,
          Reason.NO_SPACE,
          "the image has %d bytes; there is no room for it",
          image.size());
    }
    Fetching fetching = new Fetching(sources, control, new Course());
    for (int index = 0; index < image.chunks(); index++) {
      control.check();
      if (!download.has(list, index)) {
        byte[] bytes = fetching.chunk(list, index);
        surround.step("chunk " + index);
        download.put(image, index, bytes);
      }
      show(UpdateState.DOWNLOADING, (int) ((index + 1) * 100L / image.chunks()));
    }
  }

  private ChunkList list(Image image) throws Control.Stopped, Broken, IOException {
    surround.step("list");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int index = 0; bytes.size() < ChunkList.size(image); index++) {
      int piece = index;
      byte[] more = ask(() -> service.list(image, piece));
      if (more.length != Math.min(Piece.LONGEST, ChunkList.size(image) - bytes.size())) {
        throw Broken.failed(
            UpdateState.INVALID_SIGNATURE,
            Reason.CORRUPT,
            "the list of chunks is not as long as it was signed");
      }
      bytes.writeBytes(more);
    }
    ChunkList list = ChunkList.read(bytes.toByteArray(), image);
    download.begin(list);
    return list;
  }

  /** Something the service is asked. */
  private interface Question<T> {
    T ask() throws TransferException;
  }

  private <T> T ask(Question<T> question) throws Control.Stopped, Broken {
    Duration wait = LOOK_AGAIN;
    for (int failures = 0; ; ) {
      control.check();
      try {
        return question.ask();
      } catch (TransferException e) {
        failures += e.passing() ? 0 : 1;
        if (failures == TRIES) {
          throw Broken.failed(
              UpdateState.DOWNLOAD_FAILED, Reason.TRANSFER_FAILED, "%s", e.getMessage());
        }
        requireTime();
        control.rest(wait);
        wait = wait.compareTo(Duration.ofSeconds(30)) > 0 ? wait : wait.multipliedBy(2);
      }
    }
  }

  /** What goes on while pieces are fetched. */
  private final class Course implements Fetching.Course {
    @Override
    public void turn() throws Control.Stopped, Broken {
      requireTime();
      while (surround.busy()) {
        control.rest(MAKE_WAY);
      }
    }

    @Override
    public Instant now() {
      return surround.now();
    }

    @Override
    public void paused(boolean paused) {
      show(paused ? UpdateState.DOWNLOAD_PAUSED : UpdateState.DOWNLOADING, percent);
    }
  }

  private void requireTime() throws Broken {
    if (surround.now().isAfter(upgrade.executeBy())) {
      throw Broken.declined(
          state == UpdateState.INSTALL_SCHEDULED
              ? UpdateState.INSTALLATION_FAILED
              : UpdateState.DOWNLOAD_FAILED,
          Refusal.of(
              Reason.STALE,
              "to be executed by %s; by then it was %s",
              upgrade.executeBy(),
              state.words()));
    }
  }

  private void show(UpdateState now, int done) {
    if (now != state || done != percent || (now == UpdateState.DOWNLOADING && done == 0)) {
      state = now;
      percent = done;
      surround.shown(new UpdateProgress(upgrade.what().version(), now, done));
    }
  }
}
