// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.ServerRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the console connects and as whom.
 *
 * @param server how to get to the server
 * @param tlsAnchors PEM: whom to believe as the server
 * @param trustAnchors PEM: the site's certificate authorities
 * @param identity PKCS#12 with the operator's key
 * @param idle how long nothing is typed until the person counts as away
 * @param passphraseFile its passphrase; without it the environment or the person is asked
 */
record ConsoleConfig(
    String site,
    ServerRoute server,
    Path tlsAnchors,
    Path trustAnchors,
    BareJid jid,
    Path passwordFile,
    Path identity,
    Optional<Path> passphraseFile,
    Optional<Path> history,
    Optional<Duration> idle) {
  /** Reads a configuration file; its relative paths start from its own folder. */
  static ConsoleConfig read(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return Fields.readAll(Json.parse(Files.readAllBytes(file)), fields -> read(fields, folder));
  }

  private static ConsoleConfig read(Fields fields, Path folder) {
    Fields server = fields.object("server");
    ConsoleConfig config =
        new ConsoleConfig(
            fields.text("site"),
            ServerRoute.read(server, folder),
            server.value("tlsAnchors", folder::resolve),
            fields.value("trustAnchors", folder::resolve),
            fields.value("jid", BareJid::parse),
            fields.value("passwordFile", folder::resolve),
            fields.value("identity", folder::resolve),
            fields.optionalValue("passphraseFile", folder::resolve),
            fields.optionalValue("history", folder::resolve),
            fields.optionalInteger("idleSeconds").stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst());
    server.end();
    return config;
  }
}
