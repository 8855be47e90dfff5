// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** One piece of an image or of its list of chunks, on its way into the service's depot. */
public final class UploadPiece {
  /** How long the pieces of a list of chunks are, in bytes; the last may be shorter. */
  public static final int LIST_PIECE = 32 * 1024;

  /** What it is a piece of. */
  public enum Part {
    /** The list of chunks, in pieces of {@link #LIST_PIECE}; it comes before the image. */
    LIST,
    /** The image, in the chunks of its signed {@link Image}. */
    IMAGE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Part> ofWire(String wire) {
      return Arrays.stream(values()).filter(part -> part.wire().equals(wire)).findFirst();
    }
  }

  private final Digest image;
  private final Part part;
  private final int index;
  private final byte[] bytes;

  /**
   * @param image digest of the whole image
   * @param index which piece, from 0
   * @param bytes 1 to 32 KiB
   */
  public UploadPiece(Digest image, Part part, int index, byte[] bytes) {
    this.image = Objects.requireNonNull(image);
    this.part = Objects.requireNonNull(part);
    this.index = index;
    this.bytes = bytes.clone();
    if (index < 0) {
      throw new IllegalArgumentException("pieces count from 0");
    }
    if (bytes.length < 1 || bytes.length > Image.LONGEST_CHUNK) {
      throw new IllegalArgumentException("a piece has 1 to " + Image.LONGEST_CHUNK + " bytes");
    }
  }

  /** How many pieces the list of chunks of such an image has. */
  public static int listPieces(Image image) {
    return (ChunkList.size(image) + LIST_PIECE - 1) / LIST_PIECE;
  }

  public Digest image() {
    return image;
  }

  public Part part() {
    return part;
  }

  public int index() {
    return index;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Reads what {@link #write} wrote, from JSON that may be long. */
  public static UploadPiece read(ObjectNode json) {
    return Fields.readAll(
        json,
        fields ->
            new UploadPiece(
                fields.value("image", Digest::parse),
                fields.oneOf("part", Part::ofWire),
                Math.toIntExact(fields.integer("index")),
                fields.value("bytes", Base64.getDecoder()::decode)));
  }

  public ObjectNode write() {
    return Json.object()
        .put("image", image.toString())
        .put("part", part.wire())
        .put("index", index)
        .put("bytes", Base64.getEncoder().encodeToString(bytes));
  }
}
