// SPDX-License-Identifier: Apache-2.0
package energy.muster.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The golden documents under {@code golden/document}: readable on disk, compact on the wire. */
public final class GoldenFile {
  private GoldenFile() {}

  /** The bytes that would be signed: the file without its white space. */
  public static byte[] compact(String name) {
    return Json.bytes(tree(name));
  }

  public static ObjectNode tree(String name) {
    String path = "/golden/document/" + name + ".json";
    try (InputStream in =
        Objects.requireNonNull(GoldenFile.class.getResourceAsStream(path), path)) {
      return Json.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
