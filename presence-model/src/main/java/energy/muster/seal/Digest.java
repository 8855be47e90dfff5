// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A SHA-256 digest; its text is base64url without padding, 43 characters.
 *
 * <p>It is held as four numbers and not as a copy of its bytes. The second compiler of Java 17 gets
 * a copy of a part of an array wrong that is copied again and then read byte by byte: once
 * compiled, digests taken out of a list of digests were not equal to themselves.
 */
public final class Digest {
  private static final int BYTES = 32;
  private static final int CHARACTERS = 43;

  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  /** Takes the 32 bytes of a digest made elsewhere. */
  public Digest(byte[] bytes) {
    this(whole(bytes));
  }

  private Digest(ByteBuffer from) {
    first = from.getLong();
    second = from.getLong();
    third = from.getLong();
    fourth = from.getLong();
  }

  private static ByteBuffer whole(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new Refused(Reason.MALFORMED, "a digest has " + BYTES + " bytes, not " + bytes.length);
    }
    return ByteBuffer.wrap(bytes);
  }

  /** The digest that stands in a list of them, counted from 0. */
  public static Digest at(byte[] list, int index) {
    return new Digest(ByteBuffer.wrap(list, index * BYTES, BYTES));
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
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
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
    return other instanceof Digest that
        && first == that.first
        && second == that.second
        && third == that.third
        && fourth == that.fourth;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
  }
}
