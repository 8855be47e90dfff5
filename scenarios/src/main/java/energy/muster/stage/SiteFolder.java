// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.link.LinkConfig;
import energy.muster.pki.CaPassphrase;
import energy.muster.pki.PkiFolder;
import energy.muster.pki.Subject;
import energy.muster.seal.SigningIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one site in a data folder, made once and used again: {@code pki/} (a development
 * authority and everybody's keys), {@code accounts.jsonl}, {@code server/}, {@code devices/} and
 * {@code consoles/}.
 */
public final class SiteFolder {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 18;

  private final Path data;
  private final PkiFolder pki;
  private final char[] passphrase;
  private final Map<String, String> passwords = new LinkedHashMap<>();

  private SiteFolder(Path data, PkiFolder pki, char[] passphrase) {
    this.data = data;
    this.pki = pki;
    this.passphrase = passphrase;
  }

  public static SiteFolder open(Path data, String site, String domain, InstantSource clock) {
    Path root = data.toAbsolutePath().normalize();
    try {
      Path folder = root.resolve("pki");
      char[] passphrase = CaPassphrase.keep(folder);
      PkiFolder pki =
          PkiFolder.exists(folder)
              ? PkiFolder.open(folder, passphrase, clock)
              : PkiFolder.init(folder, site, domain, passphrase, clock);
      if (!pki.site().equals(site)) {
        throw new StageFailure(root + " holds the site " + pki.site() + ", not " + site);
      }
      SiteFolder opened = new SiteFolder(root, pki, passphrase);
      opened.readAccounts();
      // Good for 24 h from now, whenever the site was made.
      pki.publishCrl(PkiFolder.CRL_LIFE);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path data() {
    return data;
  }

  public PkiFolder pki() {
    return pki;
  }

  public Path server() {
    return data.resolve("server");
  }

  public Path accounts() {
    return data.resolve("accounts.jsonl");
  }

  public String site() {
    return pki.site();
  }

  public BareJid jid(String name) {
    return new BareJid(name, pki.domain());
  }

  /** Gives it an account and a key, unless it has them. */
  public void enrol(Subject subject) {
    enrol(List.of(subject));
  }

  /** Gives each an account and a key, unless it has them; all keys at once. */
  public void enrol(List<Subject> subjects) {
    try {
      pki.issue(
          subjects.stream()
              .filter(subject -> !Files.exists(pki.identityFile(subject.jid())))
              .toList(),
          passphrase);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    subjects.forEach(subject -> openAccount(subject.jid()));
  }

  /** An account without a key, as any chat client has. */
  public void openAccount(BareJid jid) {
    passwords.computeIfAbsent(jid.local(), name -> secret());
  }

  public String password(BareJid jid) {
    String password = passwords.get(jid.local());
    if (password == null) {
      throw new StageFailure(jid + " has no account on this stage");
    }
    return password;
  }

  public SigningIdentity identity(BareJid jid) {
    try {
      return SigningIdentity.load(pki.identityFile(jid), passphrase);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells the server, which reads the file again when it changes. */
  public void publishAccounts() {
    StringBuilder lines = new StringBuilder();
    passwords.forEach(
        (user, password) ->
            lines
                .append(Json.text(Json.object().put("user", user).put("password", password)))
                .append('\n'));
    replaceSecret(accounts(), lines.toString());
  }

  /**
   * The configuration of a process with these devices.
   *
   * @param journal relative to the folder of all devices, if it is relative
   */
  public Path deviceConfig(String process, List<DeviceSpec> devices, Access access, Path journal) {
    ObjectNode config = common(access);
    config.put("journal", journal.toString());
    ArrayNode all = config.putArray("devices");
    for (DeviceSpec device : devices) {
      ObjectNode entry = account(all.addObject(), jid(device.name()), "devices");
      entry.put("leaseSeconds", device.lease().toSeconds());
      device
          .callsEvery()
          .ifPresent(every -> entry.putObject("contact").put("every", every.toString()));
      entry.set("driver", device.driver());
      device.prices().ifPresent(plan -> entry.set("prices", plan));
      device.firmware().ifPresent(firmware -> entry.set("firmware", firmware));
    }
    return write(data.resolve("devices").resolve(process + ".json"), config);
  }

  /** The configuration of a person's console. */
  public Path consoleConfig(BareJid person, Access access) {
    ObjectNode config = account(common(access), person, "consoles");
    config.put("history", person.local() + ".history");
    return write(data.resolve("consoles").resolve(person.local() + ".json"), config);
  }

  private ObjectNode common(Access access) {
    ObjectNode config = Json.object().put("site", site());
    config.set("server", access.server().put("tlsAnchors", "../server/tls.pem"));
    return config.put("trustAnchors", "../pki/ca.pem");
  }

  /** What the server's TLS certificate is checked against. */
  public Path tlsAnchors() {
    return server().resolve("tls.pem");
  }

  /** How an account of this site gets to the server, by itself or over a line. */
  public LinkConfig link(
      BareJid account, SigningIdentity identity, Access access, Duration answerWithin) {
    return new LinkConfig(
        access.route(),
        account,
        password(account),
        tlsAnchors(),
        Optional.of(identity),
        site(),
        1,
        () -> 0,
        answerWithin);
  }

  /** For a program that is given a file rather than a word on its command line. */
  Path passwordFile(BareJid jid) {
    return passwordFile(jid, "consoles");
  }

  private Path passwordFile(BareJid jid, String folder) {
    Path file = data.resolve(folder).resolve(jid.local() + ".password");
    replaceSecret(file, password(jid));
    return file;
  }

  private ObjectNode account(ObjectNode config, BareJid jid, String folder) {
    Path passwordFile = passwordFile(jid, folder);
    return config
        .put("jid", jid.toString())
        .put("passwordFile", passwordFile.getFileName().toString())
        .put("identity", "../pki/identities/" + jid.local() + "/identity.p12")
        .put("passphraseFile", "../pki/ca.pass");
  }

  private void readAccounts() throws IOException {
    if (Files.exists(accounts())) {
      for (String line : Files.readAllLines(accounts())) {
        ObjectNode account = Json.parse(line);
        passwords.put(account.get("user").asText(), account.get("password").asText());
      }
    }
  }

  private static Path write(Path file, ObjectNode config) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, Json.pretty(config) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String secret() {
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private static void replaceSecret(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Path draft =
          Files.createTempFile(
              file.getParent(),
              ".",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, content, StandardCharsets.UTF_8);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
