// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

import energy.muster.console.session.Confirmation;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Event;
import energy.muster.console.session.Setup;
import energy.muster.identity.BareJid;
import energy.muster.link.LinkConfig;
import energy.muster.link.Links;
import energy.muster.seal.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Consumer;

/** A person's console within this process, who confirms what they are asked. */
public final class Seat {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private Seat() {}

  /** Returns when the person sees the devices. */
  public static ConsoleSession take(
      Stage stage,
      BareJid person,
      Duration patience,
      Duration idleAfter,
      InstantSource clock,
      Consumer<Event> sees)
      throws IOException, InterruptedException {
    SiteFolder folder = stage.folder();
    Setup setup =
        new Setup(
            folder.site(),
            folder.identity(person),
            Trust.of(folder.pki().authority().certificate()),
            clock,
            ZoneId.systemDefault(),
            patience,
            idleAfter);
    LinkConfig link =
        folder.link(person, setup.identity(), stage.access(), LinkConfig.ANSWER_WITHIN);
    ConsoleSession session =
        ConsoleSession.open(
            setup, listener -> Links.open(link, listener), Confirmation.GIVEN, sees);
    if (!session.awaitReady(READY_WITHIN)) {
      session.close();
      throw new StageFailure(person + " got no view within " + READY_WITHIN.toSeconds() + " s");
    }
    return session;
  }
}
