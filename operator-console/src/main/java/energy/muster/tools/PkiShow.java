// SPDX-License-Identifier: Apache-2.0
package energy.muster.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.UserRoles;
import energy.muster.json.Json;
import energy.muster.pki.IssuedCertificate;
import energy.muster.pki.Pem;
import energy.muster.pki.PkiFolder;
import energy.muster.seal.Crl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Show what was issued, one account's certificates, or a certificate file.")
final class PkiShow implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private AuthorityOptions options;

  @Parameters(
      paramLabel = "FILE|JID",
      arity = "0..1",
      description = "A certificate in PEM or DER, or an account; without it, everything.")
  private String what;

  PkiShow(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (what != null && (what.indexOf('@') < 0 || Files.exists(Path.of(what)))) {
      for (X509Certificate certificate : Pem.certificates(Path.of(what))) {
        show(certificate);
      }
      return 0;
    }
    // Needs no key: what was issued is no secret of the authority's.
    Path folder = options.folder();
    if (!PkiFolder.exists(folder)) {
      throw new IOException(
          "there is no authority in " + folder + "; make one with: muster pki init");
    }
    List<IssuedCertificate> issued = PkiFolder.issued(folder);
    if (what == null) {
      showAuthority(folder);
      issued.forEach(this::show);
      return 0;
    }
    BareJid jid = BareJid.parse(what);
    List<IssuedCertificate> own = issued.stream().filter(each -> each.jid().equals(jid)).toList();
    if (own.isEmpty()) {
      throw new IOException("nothing was issued to " + jid);
    }
    own.forEach(this::show);
    return 0;
  }

  private void showAuthority(Path folder) throws IOException {
    show(Pem.certificates(folder.resolve("ca.pem")).get(0));
    Crl crl = Crl.parse(Files.readAllBytes(folder.resolve("crl.der")));
    boolean stale = surroundings.clock().instant().isAfter(crl.staleAfter());
    options.print(
        surroundings,
        Json.object()
            .put("crlNumber", crl.number())
            .put("nextUpdate", crl.staleAfter().toString())
            .put("stale", stale),
        "revocation list number "
            + crl.number()
            + ", next update by "
            + crl.staleAfter()
            + (stale ? " (STALE: run muster pki crl)" : ""));
  }

  private void show(IssuedCertificate issued) {
    Instant now = surroundings.clock().instant();
    options.print(
        surroundings,
        Descriptions.json(issued).put("inForce", issued.inForce(now)),
        Descriptions.words(issued, now));
  }

  private void show(X509Certificate certificate) {
    if (certificate.getExtensionValue(UserRoles.OID.getId()) != null) {
      Certified certified = Certified.of(certificate);
      options.print(surroundings, Descriptions.json(certified), Descriptions.words(certified));
      return;
    }
    boolean authority = certificate.getBasicConstraints() >= 0;
    ObjectNode object =
        Json.object()
            .put("subject", certificate.getSubjectX500Principal().getName())
            .put("serial", certificate.getSerialNumber().toString(16))
            .put("notBefore", certificate.getNotBefore().toInstant().toString())
            .put("notAfter", certificate.getNotAfter().toInstant().toString())
            .put("authority", authority);
    options.print(
        surroundings,
        object,
        (authority ? "authority " : "no signer (it carries no roles) ")
            + certificate.getSubjectX500Principal().getName()
            + "\n  serial      "
            + certificate.getSerialNumber().toString(16)
            + "\n  valid       "
            + certificate.getNotBefore().toInstant()
            + " to "
            + certificate.getNotAfter().toInstant());
  }
}
