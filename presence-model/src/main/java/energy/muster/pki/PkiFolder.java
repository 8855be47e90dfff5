// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Credentials;
import energy.muster.seal.Crl;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An authority and what it keeps in a folder:
 *
 * <pre>
 * ca.pem  ca.p12  crl.der  crl.pem  issued.jsonl
 * identities/NAME/identity.p12  identities/NAME/certificate.pem
 * </pre>
 *
 * What is logged is on disk before any of it is handed out. Every file appears whole or not at all,
 * and those with keys are their owner's alone. Processes may share a folder; in each, threads share
 * one object.
 */
public final class PkiFolder {
  public static final Duration CRL_LIFE = Crl.MAX_LIFE;

  private static final Pattern SITE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,47}");

  private final Path folder;
  private final String site;
  private final String domain;
  private final CertificateAuthority authority;
  private final InstantSource clock;
  private final IssueLog log;

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
    this.log = log(folder);
  }

  /** An action while nobody else changes the folder. */
  private interface Exclusive<T> {
    T run() throws IOException;
  }

  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve("issued.jsonl"));
  }

  /** Makes a new authority and its first, empty revocation list. */
  public static PkiFolder init(
      Path folder, String site, String domain, char[] passphrase, InstantSource clock)
      throws IOException {
    if (!SITE.matcher(site).matches()) {
      throw new Refused(
          Reason.INVALID_ARGUMENT, "a site's name has 1 to 48 letters, digits, spaces and . _ -");
    }
    if (exists(folder)) {
      throw new Refused(
          Reason.ALREADY_THERE, folder + " already holds an authority; it is never overwritten");
    }
    String checkedDomain = new BareJid("x", domain).domain();
    AtomicFile.directory(folder);
    CertificateAuthority authority = CertificateAuthority.create(site, clock);
    AtomicFile.secret(folder.resolve("ca.p12"), authority.credentials().pkcs12(passphrase));
    AtomicFile.open(folder.resolve("ca.pem"), Pem.bytes(Pem.encode(authority.certificate())));
    PkiFolder made = new PkiFolder(folder, site, checkedDomain, authority, clock);
    // Last, because a folder with a log counts as made.
    made.log.append(List.of(Ledger.created(clock.instant(), site, checkedDomain)));
    made.publishCrl(CRL_LIFE);
    return made;
  }

  /** Opens an authority that was made before. */
  public static PkiFolder open(Path folder, char[] passphrase, InstantSource clock)
      throws IOException {
    if (!exists(folder)) {
      throw new IOException(
          "there is no authority in " + folder + "; make one with: muster pki init");
    }
    Ledger ledger = Ledger.read(log(folder));
    Credentials own = Credentials.load(folder.resolve("ca.p12"), passphrase);
    return new PkiFolder(
        folder, ledger.site(), ledger.domain(), CertificateAuthority.of(own, clock), clock);
  }

  /** What the authority in a folder issued, oldest first, without opening its key. */
  public static List<IssuedCertificate> issued(Path folder) throws IOException {
    return Ledger.read(log(folder)).issued();
  }

  /** The site of the authority in a folder, without opening its key. */
  public static String site(Path folder) throws IOException {
    return Ledger.read(log(folder)).site();
  }

  /** Where the authority in a folder keeps the key files that it made for an account. */
  public static Path identityFile(Path folder, String account) {
    return folder.resolve("identities").resolve(account).resolve("identity.p12");
  }

  private static IssueLog log(Path folder) {
    return new IssueLog(folder.resolve("issued.jsonl"));
  }

  /** Issues an identity and writes its two files, in place of those of an earlier one. */
  public Credentials issue(Subject subject, char[] passphrase) throws IOException {
    return issue(List.of(subject), passphrase).get(0);
  }

  /** Issues many at once, all key files under one passphrase, with one sync of the log. */
  public List<Credentials> issue(List<Subject> subjects, char[] passphrase) throws IOException {
    for (Subject subject : subjects) {
      if (!subject.jid().domain().equals(domain)) {
        throw new Refused(
            Reason.INVALID_ARGUMENT,
            "this authority issues for accounts at " + domain + ", not " + subject.jid());
      }
    }
    if (subjects.isEmpty()) {
      return List.of();
    }
    return exclusively(
        () -> {
          List<Credentials> issued = subjects.stream().map(authority::issue).toList();
          // Before they are handed out: what is not on record cannot be revoked.
          log.append(
              issued.stream()
                  .map(each -> Ledger.issued(clock.instant(), Certified.of(each.certificate())))
                  .toList());
          for (int i = 0; i < issued.size(); i++) {
            write(subjects.get(i).jid(), issued.get(i), passphrase);
          }
          return issued;
        });
  }

  private void write(BareJid jid, Credentials credentials, char[] passphrase) throws IOException {
    AtomicFile.directory(identityFolder(jid));
    AtomicFile.secret(identityFile(jid), credentials.pkcs12(passphrase));
    AtomicFile.open(certificateFile(jid), Pem.bytes(Pem.encode(credentials.certificate())));
  }

  /** Revokes every certificate of an account that is not revoked yet, and publishes the list. */
  public List<Revocation> revoke(BareJid jid, RevocationReason reason) throws IOException {
    return revoke(certificate -> certificate.jid().equals(jid), jid.toString(), reason);
  }

  /** Revokes one certificate and publishes the list. */
  public List<Revocation> revoke(BigInteger serial, RevocationReason reason) throws IOException {
    return revoke(
        certificate -> certificate.serial().equals(serial),
        "serial " + serial.toString(16),
        reason);
  }

  private List<Revocation> revoke(
      Predicate<IssuedCertificate> which, String name, RevocationReason reason) throws IOException {
    return exclusively(
        () -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
          List<Revocation> revocations =
              Ledger.read(log).issued().stream()
                  .filter(which)
                  .filter(certificate -> certificate.revocation().isEmpty())
                  .map(certificate -> new Revocation(certificate.serial(), now, reason))
                  .toList();
          if (revocations.isEmpty()) {
            throw new Refused(
                Reason.UNKNOWN, "no certificate of " + name + " is there to be revoked");
          }
          log.append(revocations.stream().map(Ledger::revoked).toList());
          publish(CRL_LIFE);
          return revocations;
        });
  }

  /**
   * Publishes a new revocation list, with the next number, in {@code crl.der} and {@code crl.pem}.
   *
   * @param life at most 24 h
   */
  public Crl publishCrl(Duration life) throws IOException {
    return exclusively(() -> publish(life));
  }

  private Crl publish(Duration life) throws IOException {
    Ledger ledger = Ledger.read(log);
    BigInteger number = ledger.crlNumber().add(BigInteger.ONE);
    byte[] der = authority.crl(number, life, ledger.revocations());
    log.append(List.of(Ledger.crl(clock.instant(), number)));
    AtomicFile.open(crlFile(), der);
    AtomicFile.open(folder.resolve("crl.pem"), Pem.bytes(Pem.encode("X509 CRL", der)));
    return Crl.parse(der);
  }

  /** Everything issued, oldest first. */
  public List<IssuedCertificate> issued() throws IOException {
    return Ledger.read(log).issued();
  }

  public CertificateAuthority authority() {
    return authority;
  }

  /** Trust in this authority with its newest revocation list. */
  public Trust trust() throws IOException {
    return Trust.of(authority.certificate()).withCrl(Files.readAllBytes(crlFile()));
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

  public Path certificateFile(BareJid jid) {
    return identityFolder(jid).resolve("certificate.pem");
  }

  private Path identityFolder(BareJid jid) {
    return folder.resolve("identities").resolve(jid.local());
  }

  private synchronized <T> T exclusively(Exclusive<T> action) throws IOException {
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Released with its channel.
      lock.lock();
      return action.run();
    }
  }
}
