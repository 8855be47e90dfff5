// SPDX-License-Identifier: Apache-2.0
package energy.muster.json;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 and refuses what is not; the JDK's default would silently put a replacement
 * character.
 */
final class Utf8 {
  private Utf8() {}

  static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Refused(Reason.MALFORMED, "not UTF-8");
    }
  }
}
