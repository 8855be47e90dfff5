// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.branch.Mandate;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.Line.Allowance;
import energy.muster.console.language.Moment;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Signs what master IEDs may order by themselves. */
final class Mandates {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final Setup setup;
  private final Mirror mirror;
  private final Questions questions;
  private final Consumer<Event> events;

  Mandates(Setup setup, Mirror mirror, Questions questions, Consumer<Event> events) {
    this.setup = setup;
    this.mirror = mirror;
    this.questions = questions;
    this.events = events;
  }

  LineResult give(Line.Mandate line) throws InterruptedException {
    Instant now = setup.clock().instant();
    BareJid master = mirror.address(line.master());
    // What is taken back stays so until the next mandate, as long as any lasts.
    Allowance allowed =
        line.allowance()
            .orElse(
                new Allowance(
                    List.of(), Power.ZERO, Power.ZERO, new Moment.After(Mandate.LONGEST)));
    Mandate mandate;
    try {
      mandate =
          new Mandate(
              new Header(
                  DocumentType.MANDATE,
                  setup.site(),
                  DocumentId.next(now),
                  setup.identity().certified().jid(),
                  now),
              master,
              branch(line, master),
              // Rises from one to the next, whoever gives it and from whichever console.
              now.getEpochSecond(),
              allowed.verbs(),
              allowed.most(),
              allowed.floor(),
              // To the second, as people say it.
              allowed.until().resolve(now, setup.zone()).truncatedTo(ChronoUnit.SECONDS));
    } catch (IllegalArgumentException e) {
      throw new Hint(0, e.getMessage());
    }
    Payload answer =
        questions.set(
            Payload.of(Wire.MANDATE, Sealer.seal(mandate.write(), now, setup.identity())),
            ANSWER,
            why -> {});
    events.accept(
        new Event.Said(
            setup.clock().instant(),
            words(mandate)
                + (answer.requireJson().path("state").asText().equals("given")
                    ? ""
                    : "; it is not there and learns so when it comes")));
    return new LineResult.Done(true);
  }

  private Area branch(Line.Mandate line, BareJid master) {
    List<Area> branches =
        mirror.contact(master).stream()
            .flatMap(contact -> contact.areas().stream())
            .filter(Area::isBranch)
            .toList();
    if (branches.size() != 1) {
      throw new Hint(
          line.master().column(), "you see no " + line.master() + " that belongs to one branch");
    }
    return branches.get(0);
  }

  private String words(Mandate mandate) {
    String by = "mandate " + mandate.header().id().brief() + ": " + mandate.to().local();
    return mandate.verbs().isEmpty()
        ? by + " may order nothing"
        : by
            + " may order "
            + mandate.verbs().stream().map(Verb::wire).collect(Collectors.joining(", "))
            + " in "
            + mandate.area()
            + ", up to "
            + mandate.max()
            + ", keeping "
            + mandate.floor()
            + " on, until "
            + mandate.until().atZone(setup.zone()).toLocalDateTime();
  }
}
