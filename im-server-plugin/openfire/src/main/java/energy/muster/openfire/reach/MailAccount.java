// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where mail is handed in. There is always TLS.
 *
 * @param implicitTls TLS from the first byte; otherwise STARTTLS before anything else, or not at
 *     all
 * @param from the sender's address
 * @param login who says so; without it the server takes mail from this host
 * @param anchors whose certificates are believed, as PEM; without them, those of Java's authorities
 */
record MailAccount(
    String host,
    int port,
    boolean implicitTls,
    String from,
    Optional<Login> login,
    Optional<Path> anchors) {
  static final int SUBMISSION = 587;
  static final int SUBMISSIONS = 465;

  /** A name and the file that holds its password, read at each try so that it can be changed. */
  record Login(String user, Path passwordFile) {}

  MailAccount {
    Objects.requireNonNull(login);
    Objects.requireNonNull(anchors);
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a mail server has a name and a port of 1 to 65535");
    }
  }
}
