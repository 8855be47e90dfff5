// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-1 (RFC 5802), as elements by hand. */
final class Scram {
  private static final int LEAST_ITERATIONS = 4096;
  private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";
  private static final Pattern CHALLENGE = Pattern.compile("r=([^,]+),s=([^,]+),i=(\\d+)");

  private Scram() {}

  static String auth(String user) {
    return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'>%s</auth>"
        .formatted(encode("n,," + first(user)));
  }

  /** What the server said first: nonce, salt, iterations; empty if it did not. */
  static String challenge(String answer) {
    return answer.contains("<failure") ? "" : decode(answer, "challenge");
  }

  /**
   * An answer to a challenge, and what only a server that knows the password says to it.
   *
   * @param element empty when the challenge is not to be answered
   */
  record Proof(String element, String serverSays) {
    boolean taken(String verdict) {
      return verdict.contains("<success") && decode(verdict, "success").equals(serverSays);
    }
  }

  static Proof prove(String user, String password, String challenge)
      throws IOException, GeneralSecurityException {
    Matcher parts = CHALLENGE.matcher(challenge);
    if (!parts.find() || !parts.group(1).startsWith(NONCE)) {
      throw new IOException("Not a SCRAM challenge: " + challenge);
    }
    int iterations = Integer.parseInt(parts.group(3));
    // RFC 5802 5.1: at least 4096. Openfire sends 0 while it makes an account: first its row, then
    // its password.
    if (iterations < LEAST_ITERATIONS) {
      return new Proof("", "");
    }
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
            .generateSecret(
                new PBEKeySpec(
                    password.toCharArray(),
                    Base64.getDecoder().decode(parts.group(2)),
                    iterations,
                    160))
            .getEncoded();
    byte[] clientKey = hmac(salted, "Client Key");
    byte[] storedKey = MessageDigest.getInstance("SHA-1").digest(clientKey);
    String unproven = "c=biws,r=" + parts.group(1);
    String signed = first(user) + "," + challenge + "," + unproven;
    byte[] proof = hmac(storedKey, signed);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= clientKey[i];
    }
    String serverKey = Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), signed));
    return new Proof(
        "<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>%s</response>"
            .formatted(encode(unproven + ",p=" + Base64.getEncoder().encodeToString(proof))),
        "v=" + serverKey);
  }

  private static String first(String user) {
    return "n=" + user + ",r=" + NONCE;
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key, "HmacSHA1"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String answer, String element) {
    Matcher content = Pattern.compile("<" + element + "[^>]*>([^<]*)</").matcher(answer);
    return content.find()
        ? new String(Base64.getDecoder().decode(content.group(1)), StandardCharsets.UTF_8)
        : "";
  }
}
