// SPDX-License-Identifier: Apache-2.0
package energy.muster.console;

import energy.muster.console.face.Face;
import energy.muster.console.session.Confirmation;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Setup;
import energy.muster.link.LinkConfig;
import energy.muster.link.Links;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** Opens a session as a configuration says. */
final class Opening {
  private Opening() {}

  /** Reads the keys; asks for a passphrase where the configuration names no file with it. */
  static Setup setup(ConsoleConfig settings, Passphrase.Ask ask) throws IOException {
    SigningIdentity identity =
        SigningIdentity.load(
            settings.identity(),
            Passphrase.of(settings.identity(), settings.passphraseFile(), ask));
    if (!identity.certified().jid().equals(settings.jid())) {
      throw new IllegalArgumentException(
          settings.identity() + " is the key of " + identity.certified().jid());
    }
    return new Setup(
        settings.site(),
        identity,
        Trust.of(Anchors.read(settings.trustAnchors())),
        InstantSource.system(),
        ZoneId.systemDefault(),
        Setup.PATIENCE,
        settings.idle().orElse(Setup.IDLE));
  }

  /** Opens the link and the session on it. */
  static ConsoleSession open(
      ConsoleConfig settings, Setup setup, Confirmation confirmation, Face face)
      throws IOException {
    LinkConfig link =
        new LinkConfig(
            settings.server(),
            settings.jid(),
            Files.readString(settings.passwordFile()).strip(),
            settings.tlsAnchors(),
            Optional.of(setup.identity()),
            settings.site(),
            setup.clock().instant().toEpochMilli(),
            () -> 0,
            LinkConfig.ANSWER_WITHIN);
    return ConsoleSession.open(
        setup, listener -> Links.open(link, listener), confirmation, face::show);
  }
}
