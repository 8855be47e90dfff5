// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What this server and whoever takes its webhooks share, as the Standard Webhooks specification has
 * it: {@code whsec_} and the base64 of 24 to 64 random bytes, one a line. With two of them, each
 * signs, so that one can be replaced by the other without a gap.
 */
final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final List<byte[]> secrets;

  private WebhookSecret(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  static WebhookSecret read(Path file) throws IOException {
    List<byte[]> secrets = new ArrayList<>();
    for (String line : Files.readString(file).lines().toList()) {
      if (!line.isBlank()) {
        secrets.add(secret(file, line.strip()));
      }
    }
    if (secrets.isEmpty()) {
      throw new IOException(file + " holds no secret");
    }
    return new WebhookSecret(secrets);
  }

  // The value itself goes into no message: messages go into logs.
  private static byte[] secret(Path file, String line) throws IOException {
    byte[] secret = {};
    try {
      if (line.startsWith(PREFIX)) {
        secret = Base64.getDecoder().decode(line.substring(PREFIX.length()));
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one complaint.
    }
    if (secret.length < SHORTEST || secret.length > LONGEST) {
      throw new IOException(
          file + " must hold " + PREFIX + " and the base64 of 24 to 64 bytes on each line");
    }
    return secret;
  }

  /** The header {@code webhook-signature}. */
  String sign(String id, long seconds, byte[] body) throws GeneralSecurityException {
    List<String> signatures = new ArrayList<>();
    for (byte[] secret : secrets) {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      signatures.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
    }
    return String.join(" ", signatures);
  }
}
