// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A SHA-256 digest; its text is base64url without padding, 43 characters. */
public final class Digest {
  private static final int BYTES = 32;
  private static final int CHARACTERS = 43;

  private final byte[] bytes;

  /** Takes the 32 bytes of a digest made elsewhere. */
  public Digest(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new Refused(Reason.MALFORMED, "a digest has " + BYTES + " bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** The digest of the content. */
  public static Digest of(byte[] content) {
    return new Digest(sha256().digest(content));
  }

  /** Reads base64url without padding; every digest has exactly one such text. */
  public static Digest parse(String text) {
    try {
      Digest digest = new Digest(Base64.getUrlDecoder().decode(text));
      if (text.length() == CHARACTERS && digest.toString().equals(text)) {
        return digest;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one refusal for whatever is no digest.
    }
    throw new Refused(Reason.MALFORMED, "a digest is " + CHARACTERS + " characters of base64url");
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** The algorithm by itself, for content that does not fit into memory. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
