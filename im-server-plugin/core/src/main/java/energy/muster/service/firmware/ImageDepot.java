// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.Image;
import energy.muster.firmware.UploadPiece;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images on disk. One is handed out when all of it is there, is what was signed, and whoever
 * must look at it has let it pass. Safe for use by many threads.
 */
public final class ImageDepot {
  private static final Logger LOG = LoggerFactory.getLogger(ImageDepot.class);

  /**
   * What is left free beside an image, in bytes: the journal is on the same disk, and takes nothing
   * more long before it is full.
   */
  private static final long RESERVE = 256L * 1024 * 1024;

  /** How long an answer about an image waits for what is being done with it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<Digest, DepotFile> files = new ConcurrentHashMap<>();
  private final Map<Digest, CompletableFuture<Void>> finishing = new ConcurrentHashMap<>();
  private final Path folder;
  private final LongSupplier free;
  private final Executor disk;

  /** Lets an image pass that is whole, or does not; it may take minutes. */
  @FunctionalInterface
  interface Inspector {
    boolean passes(Digest image, Path file);
  }

  /**
   * @param folder where they are; made if it is not there
   * @param disk waits for the disk, one task after another
   */
  public ImageDepot(Path folder, Executor disk) {
    this(folder, disk, () -> usable(folder));
  }

  ImageDepot(Path folder, Executor disk, LongSupplier free) {
    this.folder = Objects.requireNonNull(folder);
    this.disk = Objects.requireNonNull(disk);
    this.free = free;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on this image may come, and what is there of it counts. */
  void expect(Image image) {
    files.computeIfAbsent(image.digest(), any -> new DepotFile(image, folder));
  }

  /** Nobody needs it any more. */
  void drop(Digest image) {
    Optional.ofNullable(files.remove(image))
        .ifPresent(
            file ->
                disk.execute(
                    () -> {
                      try {
                        file.delete();
                      } catch (IOException e) {
                        LOG.warn("image {} could not be deleted", image, e);
                      }
                    }));
  }

  boolean complete(Digest image) {
    return Optional.ofNullable(files.get(image)).map(DepotFile::complete).orElse(false);
  }

  /** How much of it is there; after a restart that is read from the disk first. */
  CompletionStage<DepotFile.Progress> progress(Digest image) {
    return Optional.ofNullable(finishing.get(image))
        // Whoever has just sent the last piece asks now, and mostly need not ask again.
        .map(
            done -> done.copy().completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .thenCompose(done -> later(() -> file(image).progress()));
  }

  /**
   * Takes a piece.
   *
   * @param whole told once all of it is there, and not yet looked through
   * @return whether nothing is missing any more
   */
  CompletionStage<Boolean> put(UploadPiece piece, Consumer<Digest> whole) {
    return later(
        () -> {
          DepotFile file = file(piece.image());
          if (file.complete()) {
            return true;
          }
          requireRoom(file);
          if (piece.part() == UploadPiece.Part.LIST) {
            file.putList(piece.index(), piece.bytes());
            return false;
          }
          boolean all = file.putChunk(piece.index(), piece.bytes());
          if (all) {
            whole.accept(piece.image());
          }
          return all;
        });
  }

  private void requireRoom(DepotFile file) {
    long needed = Math.min(file.image().size(), UploadPiece.LIST_PIECE) + RESERVE;
    long left = free.getAsLong();
    if (left < needed) {
      throw new Refused(
          Refusal.of(
              Reason.NO_SPACE,
              "the service's disk has %d MiB left: make room, then go on",
              left / (1024 * 1024)));
    }
  }

  /** Checks all of it together, has it looked through, and hands it out if it passes. */
  void finish(Digest image, Executor looking, Inspector inspector) {
    DepotFile file = files.get(image);
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (file == null || file.complete() || finishing.putIfAbsent(image, done) != null) {
      return;
    }
    looking.execute(
        () -> {
          try {
            if (!file.holds()) {
              LOG.warn("image {} is not what was signed and must come again", image);
            } else if (inspector.passes(image, file.part())) {
              file.release();
              LOG.info("image {} is there, {} bytes", image, file.image().size());
            }
          } catch (IOException | RuntimeException e) {
            LOG.error("image {} could not be finished", image, e);
          } finally {
            finishing.remove(image);
            done.complete(null);
          }
        });
  }

  /** One chunk of a complete image; on the caller's thread. */
  byte[] chunk(Digest image, int index) {
    return read(() -> given(image, file -> file.chunk(index)));
  }

  /** One piece of its list of chunks; on the caller's thread. */
  byte[] listPiece(Digest image, int index) {
    return read(() -> given(image, file -> file.listPiece(index)));
  }

  private interface Giving {
    byte[] give(DepotFile file) throws IOException;
  }

  private byte[] given(Digest image, Giving giving) throws IOException {
    DepotFile file = file(image);
    if (!file.complete()) {
      throw new Refused(Reason.PRECONDITION, file.lacking());
    }
    try {
      return giving.give(file);
    } catch (Refused no) {
      if (!file.complete()) {
        LOG.error("image {} is handed out no more: {}", image, no.refusal().text());
      }
      throw no;
    }
  }

  private DepotFile file(Digest image) {
    DepotFile file = files.get(image);
    if (file == null) {
      throw new Refused(Reason.UNKNOWN, "no manifest names the image " + image);
    }
    return file;
  }

  private interface Task<T> {
    T run() throws IOException;
  }

  private <T> CompletionStage<T> later(Task<T> task) {
    return CompletableFuture.supplyAsync(() -> read(task), disk);
  }

  private <T> T read(Task<T> task) {
    try {
      return task.run();
    } catch (IOException e) {
      if (free.getAsLong() < RESERVE) {
        LOG.warn("the disk of the images is full", e);
        throw new Refused(Reason.NO_SPACE, "the service's disk is full: make room, then go on");
      }
      throw new UncheckedIOException(e);
    }
  }
}
