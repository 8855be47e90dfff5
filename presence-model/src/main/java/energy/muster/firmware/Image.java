// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.Objects;

/**
 * The bytes of a firmware, by what they must be.
 *
 * @param size in bytes, 1 to 256 MiB
 * @param digest of all bytes
 * @param chunk how long each piece is that travels by itself, in bytes; the last may be shorter
 * @param list digest of the {@link ChunkList}, one after another the digests of the pieces
 */
public record Image(long size, Digest digest, int chunk, Digest list) {
  public static final long LARGEST = 256L * 1024 * 1024;
  public static final int SHORTEST_CHUNK = 4 * 1024;

  /** In base64 it is well below what one stanza may be. */
  public static final int LONGEST_CHUNK = 32 * 1024;

  public Image {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("an image has 1 to " + LARGEST + " bytes, not " + size);
    }
    if (chunk < SHORTEST_CHUNK || chunk > LONGEST_CHUNK) {
      throw new IllegalArgumentException(
          "a chunk has " + SHORTEST_CHUNK + " to " + LONGEST_CHUNK + " bytes, not " + chunk);
    }
    Objects.requireNonNull(digest);
    Objects.requireNonNull(list);
  }

  /** How many pieces it has. */
  public int chunks() {
    return Math.toIntExact((size + chunk - 1) / chunk);
  }

  /** How long the piece is, counted from 0. */
  public int length(int index) {
    Objects.checkIndex(index, chunks());
    return (int) Math.min(chunk, size - offset(index));
  }

  /** Where the piece begins in the image. */
  public long offset(int index) {
    return (long) index * chunk;
  }

  static Image read(Fields fields) {
    return new Image(
        fields.integer("size"),
        fields.value("sha256", Digest::parse),
        Math.toIntExact(fields.integer("chunk")),
        fields.value("list", Digest::parse));
  }

  ObjectNode write() {
    return Json.object()
        .put("size", size)
        .put("sha256", digest.toString())
        .put("chunk", chunk)
        .put("list", list.toString());
  }
}
