// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The digests of an image's pieces. It is fetched before them and checked by the signed {@link
 * Image}, so that every piece can be checked by itself, in any order, from anybody.
 */
public final class ChunkList {
  private static final int DIGEST = 32;

  private final Image image;
  private final byte[] digests;

  private ChunkList(Image image, byte[] digests) {
    this.image = image;
    this.digests = digests;
  }

  /** How many bytes the list of such an image has. */
  public static int size(Image image) {
    return image.chunks() * DIGEST;
  }

  /** Reads a whole image once and says what it must be from now on. */
  public static ChunkList of(InputStream bytes, int chunk) throws IOException {
    if (chunk < Image.SHORTEST_CHUNK || chunk > Image.LONGEST_CHUNK) {
      throw new IllegalArgumentException(
          "a chunk has %d to %d bytes".formatted(Image.SHORTEST_CHUNK, Image.LONGEST_CHUNK));
    }
    MessageDigest whole = Digest.sha256();
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    long size = 0;
    byte[] piece = bytes.readNBytes(chunk);
    while (piece.length > 0 && size <= Image.LARGEST) {
      size += piece.length;
      whole.update(piece);
      digests.writeBytes(Digest.of(piece).bytes());
      piece = bytes.readNBytes(chunk);
    }
    byte[] list = digests.toByteArray();
    return new ChunkList(new Image(size, new Digest(whole.digest()), chunk, Digest.of(list)), list);
  }

  /** Takes the list of this image; any other bytes are refused as corrupt. */
  public static ChunkList read(byte[] list, Image image) {
    if (list.length != size(image) || !Digest.of(list).equals(image.list())) {
      throw new Refused(Reason.CORRUPT, "the list of chunks is not the one that was signed");
    }
    return new ChunkList(image, list.clone());
  }

  public Image image() {
    return image;
  }

  public byte[] bytes() {
    return digests.clone();
  }

  /** Whether these bytes are that piece, counted from 0, in length and content. */
  public boolean holds(int index, byte[] piece) {
    return piece.length == image.length(index)
        && Digest.of(piece).equals(Digest.at(digests, index));
  }
}
