// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.pki.AtomicFile;
import energy.muster.pki.Pem;
import energy.muster.pki.PkiFolder;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command has which signs something of a site. */
final class SignerOptions {
  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Whose key signs: the account's name, its key file being in DIR/pki.")
  private String name;

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description = "Whose key signs: a key file (PKCS#12), in place of --as.")
  private Path identity;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Holds the passphrase of the key file.")
  private Path passphraseFile;

  @Option(
      names = "--site",
      paramLabel = "NAME",
      description = "The site's name; without it, that of the authority in DIR/pki.")
  private String site;

  /** The key that signs; refused where its certificate lacks the role. */
  SigningIdentity signer(Surroundings surroundings, AuthorityOptions options, Role role)
      throws IOException {
    SigningIdentity signer = signer(surroundings, options);
    if (!signer.certified().holds(role)) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          "%s is no %s; the certificate says %s"
              .formatted(
                  signer.certified().jid(), role, Descriptions.words(signer.certified().grants())));
    }
    return signer;
  }

  SigningIdentity signer(Surroundings surroundings, AuthorityOptions options) throws IOException {
    if ((identity == null) == (name == null)) {
      throw new IOException("say whose key signs: --as NAME or --identity FILE");
    }
    Path file = identity == null ? PkiFolder.identityFile(options.folder(), name) : identity;
    return SigningIdentity.load(
        file, surroundings.identityPassphrase(Optional.ofNullable(passphraseFile), file));
  }

  Header header(DocumentType type, SigningIdentity signer, AuthorityOptions options, Instant now)
      throws IOException {
    if (site == null && !PkiFolder.exists(options.folder())) {
      throw new IOException(
          "say of which site it is: --site NAME; there is no authority in " + options.folder());
    }
    String of = site == null ? PkiFolder.site(options.folder()) : site;
    return new Header(type, of, DocumentId.next(now), signer.certified().jid(), now);
  }

  /** Writes a signed document as PEM, which {@code muster verify} and openssl read. */
  static void write(Path file, Sealed sealed) throws IOException {
    AtomicFile.open(file, Pem.encode("CMS", sealed.cms()).getBytes(StandardCharsets.US_ASCII));
  }

  /** What a line of JSON says about a document that was written. */
  static ObjectNode written(Path file, SigningIdentity signer) {
    return Json.object()
        .put("file", file.toString())
        .put("signer", signer.certified().jid().toString());
  }
}
