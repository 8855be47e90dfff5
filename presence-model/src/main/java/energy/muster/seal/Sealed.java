// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A sealed document as it travels and is kept: the DER of a CMS SignedData, at most 64 KiB. Holding
 * one says nothing about it; {@link Trust#open} does.
 */
public final class Sealed {
  /** In bytes of DER. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_BASE64 = (MAX_BYTES + 2) / 3 * 4;

  private static final int PIECE = 1_000;

  private final byte[] cms;

  /** Takes DER; more than 64 KiB is refused as too large. */
  public Sealed(byte[] cms) {
    if (cms.length > MAX_BYTES) {
      throw tooLarge();
    }
    this.cms = cms.clone();
  }

  /** Reads standard base64 without line breaks. */
  public static Sealed ofBase64(String text) {
    if (text.length() > MAX_BASE64) {
      throw tooLarge();
    }
    try {
      return new Sealed(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new Refused(Reason.MALFORMED, "the sealed document is not base64");
    }
  }

  /** Reads what {@link #pieces} gave. */
  public static Sealed ofPieces(List<String> pieces) {
    return ofBase64(String.join("", pieces));
  }

  public byte[] cms() {
    return cms.clone();
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(cms);
  }

  /** The base64 cut up for a document, of which no string is longer than 1 KiB. */
  public List<String> pieces() {
    String text = base64();
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); from += PIECE) {
      pieces.add(text.substring(from, Math.min(text.length(), from + PIECE)));
    }
    return pieces;
  }

  /**
   * The content as it stands. Nothing of it has been checked: only for a document that was checked
   * before it was kept.
   */
  public byte[] unverified() {
    return CmsDocument.parse(cms).content().getOctets().clone();
  }

  /**
   * How many signatures it carries, of as many accounts. None of them has been checked: only for a
   * document that was checked before it was kept.
   */
  public int unverifiedSignatures() {
    return CmsDocument.parse(cms).signers().size();
  }

  /** The digest of the DER, which names this very document with its signatures. */
  public Digest digest() {
    return Digest.of(cms);
  }

  /** The size of the DER in bytes. */
  public int size() {
    return cms.length;
  }

  /** The bytes themselves, for readers of this package that do not change them. */
  byte[] der() {
    return cms;
  }

  private static Refused tooLarge() {
    return new Refused(
        Reason.TOO_LARGE, "a sealed document has at most " + MAX_BYTES / 1024 + " KiB");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sealed that && Arrays.equals(cms, that.cms);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cms);
  }

  @Override
  public String toString() {
    return "Sealed[" + cms.length + " bytes]";
  }
}
