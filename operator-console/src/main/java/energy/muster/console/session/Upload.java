// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Hint;
import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import energy.muster.firmware.StoredFirmware;
import energy.muster.firmware.UploadPiece;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes an image to the service piece by piece, and goes on where it was cut. */
final class Upload {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration SLOWER = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int LOOKS = 60;

  private final Questions questions;
  private final InstantSource clock;
  private final Consumer<Event> events;
  private final String name;
  private int percent = -1;

  Upload(Questions questions, InstantSource clock, Consumer<Event> events, String name) {
    this.questions = questions;
    this.clock = clock;
    this.events = events;
    this.name = name;
  }

  /** Whether the service has all of it and takes it as what was signed. */
  boolean run(Path file, ChunkList list, Digest manifest) throws InterruptedException {
    StoredFirmware there = there(manifest);
    if (!there.complete() && !there.listThere()) {
      sendList(list);
      there = there(manifest);
    }
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "r")) {
      int before = -1;
      // Only so many runs are named at a time; a round that brings nothing is the last.
      while (!there.complete() && there.chunksThere() > before && !there.missing().isEmpty()) {
        before = there.chunksThere();
        send(image, list, there);
        there = there(manifest);
      }
    } catch (IOException e) {
      throw new Hint(0, "cannot read " + file + ": " + e.getMessage());
    }
    tell(there.chunksThere(), list.image().chunks());
    return looked(manifest, there);
  }

  /** When all is there, the service looks at it as a whole, and a scanner may as well. */
  private boolean looked(Digest manifest, StoredFirmware last) throws InterruptedException {
    StoredFirmware there = last;
    for (int look = 0; look < LOOKS && !there.complete() && there.missing().isEmpty(); look++) {
      questions.rest(BETWEEN_LOOKS);
      there = there(manifest);
    }
    return there.complete();
  }

  private StoredFirmware there(Digest manifest) throws InterruptedException {
    Optional<StoredFirmware> found =
        Firmware.depot(questions).firmwares().stream()
            .filter(each -> each.manifest().equals(manifest))
            .findFirst();
    return found.orElseThrow(
        () -> new Refused(Reason.UNKNOWN, "the service does not have the manifest"));
  }

  private void sendList(ChunkList list) throws InterruptedException {
    byte[] bytes = list.bytes();
    for (int index = 0; index < UploadPiece.listPieces(list.image()); index++) {
      int from = index * UploadPiece.LIST_PIECE;
      byte[] piece =
          Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + UploadPiece.LIST_PIECE));
      send(new UploadPiece(list.image().digest(), UploadPiece.Part.LIST, index, piece));
    }
  }

  private void send(RandomAccessFile file, ChunkList list, StoredFirmware there)
      throws IOException, InterruptedException {
    Image image = list.image();
    int done = there.chunksThere();
    for (StoredFirmware.Run run : there.missing()) {
      for (int index = run.first(); index <= run.last(); index++) {
        byte[] piece = new byte[image.length(index)];
        file.seek(image.offset(index));
        file.readFully(piece);
        send(new UploadPiece(image.digest(), UploadPiece.Part.IMAGE, index, piece));
        done++;
        tell(done, image.chunks());
      }
    }
  }

  private void send(UploadPiece piece) throws InterruptedException {
    Payload payload = Payload.of(Wire.FIRMWARE_PIECE, piece.write());
    while (true) {
      try {
        questions.set(payload, ANSWER, why -> {});
        return;
      } catch (Refused refused) {
        Reason reason = refused.refusal().reason();
        if (reason != Reason.RATE_LIMITED && reason != Reason.BUSY) {
          throw refused;
        }
        questions.rest(SLOWER);
      }
    }
  }

  private void tell(int done, int pieces) {
    int now = (int) (100L * done / pieces);
    if (now != percent) {
      percent = now;
      events.accept(new FirmwareEvent.Uploaded(clock.instant(), name, done, pieces));
    }
  }
}
