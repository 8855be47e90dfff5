// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Optional;
import org.jivesoftware.smack.SmackException.ConnectionException;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.packet.StreamError;
import org.jivesoftware.smack.sasl.SASLErrorException;

/** How sessions end: what a goodbye says, and what the server's last word means. */
final class Partings {
  private Partings() {}

  static Payload goodbye(String reason, Optional<Instant> nextContact) {
    ObjectNode json = Json.object().put("reason", reason);
    nextContact.ifPresent(next -> json.put("nextContact", next.toString()));
    return Payload.of(Wire.GOODBYE, json);
  }

  /** Whether trying again soon would only do harm: wrong password, or another session took over. */
  static boolean isLasting(Exception cause) {
    return cause instanceof SASLErrorException
        || (cause instanceof StreamErrorException error
            && error.getStreamError().getCondition() == StreamError.Condition.conflict);
  }

  /** For a person who reads the log. */
  static String describe(Exception cause) {
    if (cause instanceof SASLErrorException refused) {
      return "the server refuses the password ("
          + refused.getSASLFailure().getSASLErrorString()
          + ")";
    }
    if (cause instanceof StreamErrorException error) {
      return "the server ended the stream: " + error.getStreamError().getCondition();
    }
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof CertificateException) {
        return "the server's certificate is not trusted: " + inner.getMessage();
      }
    }
    if (cause instanceof ConnectionException) {
      return "nobody answers there";
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
