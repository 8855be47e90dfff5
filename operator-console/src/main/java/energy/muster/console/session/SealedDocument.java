// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file with one signed document in it: DER, base64 or PEM. */
final class SealedDocument {
  private static final int DER_SEQUENCE = 0x30;

  private SealedDocument() {}

  static Sealed read(Line.Target file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(file.text()));
      if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
        return new Sealed(bytes);
      }
      String text = new String(bytes, StandardCharsets.US_ASCII);
      return Sealed.ofBase64(text.replaceAll("-----[A-Z0-9 ]+-----", "").replaceAll("\\s", ""));
    } catch (NoSuchFileException e) {
      throw new Hint(file.column(), "there is no file " + file.text());
    } catch (IOException | InvalidPathException e) {
      throw new Hint(file.column(), "cannot read " + file.text() + ": " + e.getMessage());
    } catch (Refused e) {
      throw new Hint(file.column(), file.text() + " is no signed document: " + e.refusal().text());
    }
  }
}
