// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealer;
import energy.muster.session.LookGrant;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Signs who may look at what, for people whose chat client has no key. */
final class Grants {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final Setup setup;
  private final Mirror mirror;
  private final Questions questions;
  private final Consumer<Event> events;

  Grants(Setup setup, Mirror mirror, Questions questions, Consumer<Event> events) {
    this.setup = setup;
    this.mirror = mirror;
    this.questions = questions;
    this.events = events;
  }

  LineResult let(Line.Let let) throws InterruptedException {
    Instant now = setup.clock().instant();
    BareJid viewer = mirror.address(let.viewer());
    List<BareJid> devices = mirror.resolve(let.devices());
    Instant until = let.until().resolve(now, setup.zone());
    Header header =
        new Header(
            DocumentType.LOOK_GRANT,
            setup.site(),
            DocumentId.next(now),
            setup.identity().certified().jid(),
            now);
    LookGrant grant;
    try {
      grant = new LookGrant(header, viewer, devices, until);
    } catch (IllegalArgumentException e) {
      throw new Hint(0, e.getMessage());
    }
    questions.set(
        Payload.of(Wire.LOOK, Sealer.seal(grant.write(), now, setup.identity())),
        ANSWER,
        why -> {});
    events.accept(
        new Event.Said(
            setup.clock().instant(),
            viewer
                + " may look at "
                + String.join(", ", devices.stream().map(BareJid::local).toList())
                + " until "
                + until.atZone(setup.zone()).toLocalDateTime()));
    return new LineResult.Done(true);
  }
}
