// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.firmware.ChunkList;
import energy.muster.firmware.Image;
import energy.muster.firmware.UploadPiece;
import energy.muster.stage.Workshop.Built;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pieces of an image as they should be brought, and as they should not. */
final class FirmwareAttacks {
  private final Image image;
  private final byte[] program;
  private final byte[] list;

  FirmwareAttacks(Built built, byte[] program) throws IOException {
    this.image = built.manifest().image();
    this.program = program.clone();
    this.list = ChunkList.of(new ByteArrayInputStream(program), image.chunk()).bytes();
  }

  private Payload piece(UploadPiece.Part part, int index, byte[] bytes) {
    return Payload.of(
        Wire.FIRMWARE_PIECE, new UploadPiece(image.digest(), part, index, bytes).write());
  }

  private byte[] chunk(int index) {
    int from = (int) image.offset(index);
    return Arrays.copyOfRange(program, from, from + image.length(index));
  }

  Payload list() {
    return piece(UploadPiece.Part.LIST, 0, list);
  }

  Payload otherList() {
    byte[] other = list.clone();
    other[0] ^= 1;
    return piece(UploadPiece.Part.LIST, 0, other);
  }

  Payload alteredChunk() {
    byte[] altered = chunk(1);
    altered[altered.length / 2] ^= 1;
    return piece(UploadPiece.Part.IMAGE, 1, altered);
  }

  /** The last one, with a byte more than was signed. */
  Payload longChunk() {
    int last = image.chunks() - 1;
    return piece(UploadPiece.Part.IMAGE, last, Arrays.copyOf(chunk(last), image.length(last) + 1));
  }

  Payload beyondTheEnd() {
    return piece(UploadPiece.Part.IMAGE, image.chunks(), chunk(0));
  }

  /** All of it, as it should be. */
  List<Payload> all() {
    List<Payload> all = new ArrayList<>(List.of(list()));
    for (int index = 0; index < image.chunks(); index++) {
      all.add(piece(UploadPiece.Part.IMAGE, index, chunk(index)));
    }
    return all;
  }
}
