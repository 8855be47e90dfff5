// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.language.Hint;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Function;

/**
 * A file of JSON that becomes a signed document.
 *
 * @param column where its name stands in the line
 */
record DocumentFile(String path, int column) {
  ObjectNode read() {
    try {
      return Json.parse(Files.readAllBytes(Path.of(path)));
    } catch (NoSuchFileException e) {
      throw new Hint(column, "there is no file " + path);
    } catch (IOException | InvalidPathException e) {
      throw new Hint(column, "cannot read " + path + ": " + e.getMessage());
    } catch (Refused e) {
      throw wrong(e);
    }
  }

  /** What every document begins with; of that the file may say nothing itself. */
  static ObjectNode head(DocumentType type, Setup setup, Instant now) {
    return new Header(
            type, setup.site(), DocumentId.next(now), setup.identity().certified().jid(), now)
        .write();
  }

  /** The bytes to sign: the head, and what the file says. */
  byte[] under(ObjectNode head, ObjectNode file) {
    for (Iterator<String> names = file.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (head.has(name)) {
        throw new Hint(column, path + ": " + name + " is filled in here; leave it out");
      }
    }
    return Json.bytes(head.setAll(file));
  }

  /** What the bytes say, where they say something that holds. */
  <T> T checked(byte[] document, Function<byte[], T> reader) {
    try {
      return reader.apply(document);
    } catch (Refused e) {
      throw wrong(e);
    }
  }

  private Hint wrong(Refused refused) {
    return new Hint(column, path + ": " + refused.refusal().text());
  }
}
