// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Leave for one device to fetch one image over HTTPS from the server that its session is with, and
 * from no other.
 *
 * @param token sent as {@code Authorization: Bearer} (RFC 6750); whoever has it may fetch the image
 * @param until by the server's clock; from then on another is asked for
 */
public record Pass(String token, Instant until) {
  // RFC 6750 2.1, b64token; and no more than fits into a header beside others.
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}=*");

  public Pass {
    Objects.requireNonNull(until);
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("a token is 1 to 512 characters of RFC 6750");
    }
  }

  public static Pass read(Payload payload) {
    return Fields.readAll(
        payload.requireJson(), fields -> new Pass(fields.text("token"), fields.instant("until")));
  }

  public Payload payload() {
    return Payload.of(
        Wire.FIRMWARE_PASS, Json.object().put("token", token).put("until", until.toString()));
  }

  /** Without the token, which is nobody else's. */
  @Override
  public String toString() {
    return "pass until " + until;
  }
}
