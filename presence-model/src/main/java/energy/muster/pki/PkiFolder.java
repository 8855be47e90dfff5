// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * An authority and what it issued, kept in a folder:
 *
 * <pre>
 * ca.pem  ca.p12  site.json  crl.der  crl.pem  crl.number  issued.jsonl
 * identities/NAME/identity.p12  identities/NAME/certificate.pem
 * </pre>
 *
 * Every file appears whole or not at all, and those with keys are their owner's alone. One process
 * at a time.
 */
public final class PkiFolder {
  public static final Duration CRL_LIFE = Duration.ofHours(24);

  private final Path folder;
  private final String site;
  private final String domain;
  private final CertificateAuthority authority;
  private final InstantSource clock;

  private PkiFolder(
      Path folder,
      String site,
      String domain,
      CertificateAuthority authority,
      InstantSource clock) {
    this.folder = folder;
    this.site = site;
    this.domain = domain;
    this.authority = authority;
    this.clock = clock;
  }

  /** One line of what was issued, with its revocation if there is one. */
  public record Issued(
      BigInteger serial,
      BareJid jid,
      List<String> grants,
      Instant notAfter,
      String fingerprint,
      Optional<Revocation> revocation) {}

  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve("ca.p12"));
  }

  /** Makes a new authority and its first, empty revocation list. */
  public static PkiFolder init(
      Path folder, String site, String domain, char[] passphrase, InstantSource clock)
      throws IOException {
    if (exists(folder)) {
      throw new IOException(folder + " already holds an authority; it is never overwritten");
    }
    WholeFile.createFolders(folder);
    CertificateAuthority authority = CertificateAuthority.create(site, clock);
    WholeFile.write(folder.resolve("ca.pem"), Pem.certificate(authority.certificate()));
    ObjectNode names = Json.object().put("site", site).put("domain", domain);
    WholeFile.write(folder.resolve("site.json"), Json.bytes(names));
    PkiFolder made = new PkiFolder(folder, site, domain, authority, clock);
    // The key last: its file is what says that the folder is complete.
    WholeFile.writeSecret(folder.resolve("ca.p12"), authority.credentials().pkcs12(passphrase));
    made.publishCrl(CRL_LIFE);
    return made;
  }

  public static PkiFolder open(Path folder, char[] passphrase, InstantSource clock)
      throws IOException {
    if (!exists(folder)) {
      throw new IOException("no authority in " + folder + "; make one with: muster pki init");
    }
    Fields names = Fields.of(Json.parse(Files.readAllBytes(folder.resolve("site.json"))));
    CertificateAuthority authority =
        CertificateAuthority.of(credentials(folder.resolve("ca.p12"), passphrase), clock);
    return new PkiFolder(folder, names.text("site"), names.text("domain"), authority, clock);
  }

  public String site() {
    return site;
  }

  public String domain() {
    return domain;
  }

  /** PEM, for whoever verifies. */
  public Path authorityFile() {
    return folder.resolve("ca.pem");
  }

  public Path crlFile() {
    return folder.resolve("crl.der");
  }

  public Path identityFile(BareJid jid) {
    return identityFolder(jid).resolve("identity.p12");
  }

  public CertificateAuthority authority() {
    return authority;
  }

  /**
   * Issues over a new key and keeps key and certificate under the account's name, in place of an
   * older pair.
   */
  public Credentials issue(Subject subject, char[] passphrase) throws IOException {
    Credentials issued = authority.issue(subject);
    Certified certified = issued.identity().certified();
    ObjectNode line =
        Json.object()
            .put("serial", certified.serial().toString(16))
            .put("jid", certified.jid().toString());
    ArrayNode grants = line.putArray("grants");
    certified.grants().stream().map(Object::toString).sorted().forEach(grants::add);
    line.put("notAfter", certified.notAfter().toString())
        .put("fingerprint", certified.fingerprint())
        .put("at", clock.instant().toString());
    // Recorded before it is handed out: what is not on record cannot be revoked.
    WholeFile.append(issuedFile(), Json.text(line));
    Path own = identityFolder(subject.jid());
    WholeFile.createFolders(own);
    WholeFile.write(own.resolve("certificate.pem"), Pem.certificate(issued.certificate()));
    WholeFile.writeSecret(own.resolve("identity.p12"), issued.pkcs12(passphrase));
    return issued;
  }

  /** All that was issued, oldest first. */
  public List<Issued> issued() throws IOException {
    if (!Files.exists(issuedFile())) {
      return List.of();
    }
    List<Issued> all = new ArrayList<>();
    for (String text : Files.readAllLines(issuedFile())) {
      Fields line = Fields.of(Json.parse(text));
      if (line.has("revoked")) {
        Revocation revocation = revocation(line);
        all.replaceAll(
            issued ->
                issued.serial().equals(revocation.serial())
                    ? new Issued(
                        issued.serial(),
                        issued.jid(),
                        issued.grants(),
                        issued.notAfter(),
                        issued.fingerprint(),
                        Optional.of(revocation))
                    : issued);
      } else {
        all.add(
            new Issued(
                line.value("serial", PkiFolder::serial),
                line.value("jid", BareJid::parse),
                line.values("grants", grant -> grant),
                line.instant("notAfter"),
                line.text("fingerprint"),
                Optional.empty()));
      }
    }
    return Collections.unmodifiableList(all);
  }

  /** Puts a certificate on the list and publishes it. */
  public void revoke(BigInteger serial, RevocationReason reason) throws IOException {
    ObjectNode line =
        Json.object()
            .put("revoked", serial.toString(16))
            .put("at", clock.instant().toString())
            .put("reason", reason.wire());
    WholeFile.append(issuedFile(), Json.text(line));
    publishCrl(CRL_LIFE);
  }

  /** Signs a new list with the next number. */
  public byte[] publishCrl(Duration life) throws IOException {
    Path counter = folder.resolve("crl.number");
    BigInteger number =
        Files.exists(counter)
            ? new BigInteger(Files.readString(counter).strip()).add(BigInteger.ONE)
            : BigInteger.ONE;
    // The counter first: a number used twice would be refused, a skipped one is not.
    WholeFile.write(counter, number.toString().getBytes(StandardCharsets.US_ASCII));
    List<Revocation> revoked =
        issued().stream().flatMap(issued -> issued.revocation().stream()).toList();
    byte[] crl = authority.crl(number, life, revoked);
    WholeFile.write(folder.resolve("crl.pem"), Pem.crl(crl));
    WholeFile.write(crlFile(), crl);
    return crl;
  }

  private Path identityFolder(BareJid jid) {
    return folder.resolve("identities").resolve(jid.local());
  }

  private Path issuedFile() {
    return folder.resolve("issued.jsonl");
  }

  private static BigInteger serial(String hex) {
    return new BigInteger(hex, 16);
  }

  private static Revocation revocation(Fields line) {
    return new Revocation(
        line.value("revoked", PkiFolder::serial),
        line.instant("at"),
        line.oneOf("reason", RevocationReason::ofWire));
  }

  private static Credentials credentials(Path pkcs12, char[] passphrase) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(pkcs12.toFile(), passphrase);
      String alias = store.aliases().nextElement();
      Certificate[] chain = store.getCertificateChain(alias);
      return new Credentials(
          (PrivateKey) store.getKey(alias, passphrase),
          Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    } catch (GeneralSecurityException e) {
      throw new IOException(pkcs12 + " cannot be opened: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(pkcs12 + " cannot be opened: wrong passphrase or damaged", e);
    }
  }
}
