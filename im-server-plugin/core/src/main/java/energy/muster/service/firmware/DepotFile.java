// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import energy.muster.firmware.StoredFirmware;
import energy.muster.firmware.StoredFirmware.Run;
import energy.muster.firmware.UploadPiece;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One image on disk while it comes, and when it is there. What has come is known again after a
 * restart by the bytes themselves, each chunk by its signed digest.
 */
final class DepotFile {
  private static final String PART = ".part";
  private static final String LIST = ".list";
  private static final int BUFFER = 64 * 1024;

  private final Image image;
  private final Path whole;
  private final Path part;
  private final Path listFile;
  private final Path listPart;
  private final BitSet listThere = new BitSet();
  private final BitSet there = new BitSet();
  private Optional<ChunkList> list = Optional.empty();
  private String lacking = "the image is not there yet";
  private boolean loaded;
  private volatile boolean complete;

  DepotFile(Image image, Path folder) {
    this.image = image;
    String name = image.digest().toString();
    whole = folder.resolve(name);
    part = folder.resolve(name + PART);
    listFile = folder.resolve(name + LIST);
    listPart = folder.resolve(name + LIST + PART);
    // It got that name when all of it had been checked and was on disk.
    complete = Files.exists(whole) && Files.exists(listFile);
  }

  Image image() {
    return image;
  }

  /** Whether it may be handed out. */
  boolean complete() {
    return complete;
  }

  /** Where all of it is before it counts. */
  Path part() {
    return part;
  }

  /** Takes a piece of the list of chunks. */
  synchronized void putList(int index, byte[] bytes) throws IOException {
    load();
    if (list.isPresent()) {
      return;
    }
    int pieces = UploadPiece.listPieces(image);
    requireIndex(index, pieces);
    int offset = index * UploadPiece.LIST_PIECE;
    int length = Math.min(UploadPiece.LIST_PIECE, ChunkList.size(image) - offset);
    if (bytes.length != length) {
      throw new Refused(
          Reason.CORRUPT,
          "piece %d of the list has %d bytes, not %d".formatted(index, length, bytes.length));
    }
    write(listPart, offset, bytes);
    listThere.set(index);
    if (listThere.cardinality() == pieces) {
      takeList();
    }
  }

  private void takeList() throws IOException {
    try {
      list = Optional.of(ChunkList.read(Files.readAllBytes(listPart), image));
    } catch (Refused corrupt) {
      listThere.clear();
      Files.delete(listPart);
      throw corrupt;
    }
    settle(listPart, listFile);
  }

  /** Takes a chunk; whether all of them are there now. */
  synchronized boolean putChunk(int index, byte[] bytes) throws IOException {
    load();
    if (complete) {
      return true;
    }
    ChunkList known =
        list.orElseThrow(
            () -> new Refused(Reason.PRECONDITION, "the list of chunks comes before the image"));
    requireIndex(index, image.chunks());
    if (!known.holds(index, bytes)) {
      throw new Refused(Reason.CORRUPT, "chunk " + index + " is not what was signed");
    }
    write(part, image.offset(index), bytes);
    there.set(index);
    return there.cardinality() == image.chunks();
  }

  private static void requireIndex(int index, int count) {
    if (index >= count) {
      throw new Refused(Reason.INVALID_ARGUMENT, "there are only " + count + " pieces");
    }
  }

  /** Checks all of it together; one that does not hold must come again. */
  synchronized boolean holds() throws IOException {
    load();
    if (complete) {
      return true;
    }
    if (there.cardinality() < image.chunks()) {
      return false;
    }
    MessageDigest digest = Digest.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(part)) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    boolean same =
        Files.size(part) == image.size() && new Digest(digest.digest()).equals(image.digest());
    if (!same) {
      there.clear();
      Files.delete(part);
    }
    return same;
  }

  /** From now on it is handed out. */
  synchronized void release() throws IOException {
    if (!complete) {
      settle(part, whole);
      complete = true;
      there.clear();
    }
  }

  /** All of it goes. */
  synchronized void delete() throws IOException {
    complete = false;
    list = Optional.empty();
    listThere.clear();
    there.clear();
    for (Path each : List.of(whole, part, listFile, listPart)) {
      Files.deleteIfExists(each);
    }
  }

  /** One chunk; what the disk no longer has as it was signed must come again. */
  synchronized byte[] chunk(int index) throws IOException {
    requireIndex(index, image.chunks());
    ChunkList known = sound();
    byte[] bytes;
    try {
      bytes = read(whole, image.offset(index), image.length(index));
    } catch (NoSuchFileException | EOFException gone) {
      bytes = new byte[0];
    }
    if (!known.holds(index, bytes)) {
      throw damaged("chunk " + index);
    }
    return bytes;
  }

  synchronized byte[] listPiece(int index) throws IOException {
    requireIndex(index, UploadPiece.listPieces(image));
    int from = index * UploadPiece.LIST_PIECE;
    byte[] all = sound().bytes();
    return Arrays.copyOfRange(all, from, Math.min(all.length, from + UploadPiece.LIST_PIECE));
  }

  /** The list of chunks of an image that is there. */
  private ChunkList sound() throws IOException {
    if (list.isEmpty()) {
      list = readList();
    }
    return list.orElseThrow(() -> damaged("the list of chunks"));
  }

  /** From now on it is not handed out; what is still right of it is known again. */
  private Refused damaged(String what) {
    complete = false;
    loaded = false;
    there.clear();
    lacking = what + " was changed on the service's disk; the image must be uploaded again";
    return new Refused(Reason.PRECONDITION, lacking);
  }

  /** Why it is not handed out while it is not complete. */
  synchronized String lacking() {
    return lacking;
  }

  private Optional<ChunkList> readList() throws IOException {
    try {
      return Files.exists(listFile)
          ? Optional.of(ChunkList.read(Files.readAllBytes(listFile), image))
          : Optional.empty();
    } catch (Refused altered) {
      Files.delete(listFile);
      return Optional.empty();
    }
  }

  /** How much is there. */
  synchronized Progress progress() throws IOException {
    if (complete) {
      return new Progress(true, image.chunks(), List.of());
    }
    load();
    List<Run> missing = new ArrayList<>();
    int next = there.nextClearBit(0);
    while (next < image.chunks() && missing.size() < StoredFirmware.MOST_RUNS) {
      int end = there.nextSetBit(next);
      int last = (end < 0 ? image.chunks() : end) - 1;
      missing.add(new Run(next, last));
      next = there.nextClearBit(last + 1);
    }
    return new Progress(list.isPresent(), there.cardinality(), missing);
  }

  record Progress(boolean list, int chunks, List<Run> missing) {}

  /** What a service before this one had. */
  private void load() throws IOException {
    if (loaded || complete) {
      return;
    }
    list = readList();
    // Of the list itself nothing is known before all of it is there.
    Files.deleteIfExists(listPart);
    Path before = Files.exists(whole) ? whole : part;
    if (list.isPresent() && Files.exists(before)) {
      if (before.equals(whole)) {
        Files.move(whole, part, StandardCopyOption.REPLACE_EXISTING);
      }
      recognise(list.get());
    }
    loaded = true;
  }

  private void recognise(ChunkList known) throws IOException {
    try (InputStream in = Files.newInputStream(part)) {
      for (int index = 0; index < image.chunks(); index++) {
        byte[] bytes = in.readNBytes(image.length(index));
        if (bytes.length == image.length(index) && known.holds(index, bytes)) {
          there.set(index);
        }
      }
    }
  }

  private static void write(Path file, long offset, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, offset + buffer.position());
      }
    }
  }

  private static byte[] read(Path file, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException(file.getFileName() + " is shorter than it was");
        }
      }
    }
    return buffer.array();
  }

  /** Under its last name only when the disk has all of it. */
  private static void settle(Path from, Path to) throws IOException {
    try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
