// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.List;
import java.util.Optional;

/**
 * A sealed document whose every signature held: its content, byte for byte as signed, and the one
 * or more distinct accounts that signed it. The order of the signers means nothing.
 */
public final class Opened {
  private final byte[] content;
  private final List<Signature> signatures;
  private final Digest digest;

  Opened(byte[] content, List<Signature> signatures, Digest digest) {
    this.content = content;
    this.signatures = List.copyOf(signatures);
    this.digest = digest;
  }

  public byte[] content() {
    return content.clone();
  }

  /** One each, of distinct accounts, never empty. */
  public List<Signature> signatures() {
    return signatures;
  }

  public List<Certified> signers() {
    return signatures.stream().map(Signature::signer).toList();
  }

  public Optional<Certified> signer(BareJid jid) {
    return signers().stream().filter(signer -> signer.jid().equals(jid)).findFirst();
  }

  /** The one who signed; a document with more than one signer is refused as malformed. */
  public Certified soleSigner() {
    if (signatures.size() != 1) {
      throw new Refused(
          Reason.MALFORMED, "the document has " + signatures.size() + " signers instead of one");
    }
    return signatures.get(0).signer();
  }

  /** Whoever is named as issuer, who must be among those who signed. */
  public Certified requireIssuer(Header header) {
    return signer(header.issuer())
        .orElseThrow(
            () ->
                new Refused(
                    Reason.BAD_SIGNATURE,
                    header.issuer() + " is named as issuer but has not signed"));
  }

  /** SHA-256 of the content. */
  public Digest digest() {
    return digest;
  }
}
