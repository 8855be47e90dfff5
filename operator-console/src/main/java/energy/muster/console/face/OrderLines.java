// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.command.Instruction;
import energy.muster.console.session.Event;
import energy.muster.console.session.Standing;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How orders come along, in lines of text. */
final class OrderLines {
  /** Of a larger order, what went well is counted and not named. */
  private static final int MOST_NAMED = 20;

  private static final String HELD = "held: ";
  private static final int LABEL = 10;

  /** So many that wait for the same have a line each. */
  private static final int MOST_ALONE = 3;

  private final Lines lines;
  private final Paint paint;
  private final Speech speech;
  private final Screen screen;
  private Optional<Event.Tally> counting = Optional.empty();

  OrderLines(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
    this.speech = lines.speech();
    this.screen = lines.screen();
  }

  /** Whether it was one of these. */
  boolean show(Event event) {
    if (event instanceof Event.Answered answered) {
      answered(answered);
    } else if (event instanceof Event.Accepted accepted) {
      accepted(accepted);
    } else if (event instanceof Event.Tally tally) {
      tally(tally);
    } else if (event instanceof Event.Ended ended) {
      device(ended.at(), ended.device(), ended.standing(), "by the service");
    } else if (event instanceof Event.TooLate late) {
      tooLate(late);
    } else if (event instanceof Event.GivenUp given) {
      Standing end = new Standing(DeliveryState.UNCERTAIN, Optional.empty(), given.reason());
      device(given.at(), given.device(), end, "");
    } else if (event instanceof Event.Resting resting) {
      resting(resting);
    } else if (event instanceof Event.StillOpen open) {
      stillOpen(open);
    } else {
      return false;
    }
    return true;
  }

  private void answered(Event.Answered answered) {
    Outcome outcome = answered.outcome();
    Result result = outcome.result();
    if (answered.devices() > MOST_NAMED && result.state() == DeliveryState.EXECUTED) {
      return;
    }
    String took = answered.took().map(time -> " (" + Speech.seconds(time) + ")").orElse("");
    String other =
        answered.took().isPresent()
            ? ""
            : " ["
                + Speech.instruction(answered.instruction())
                + ", order "
                + outcome.command().brief()
                + " of another sitting]";
    lines.stamped(
        answered.at(),
        TextFace.name(outcome.header().issuer())
            + Speech.coloured(
                paint, result.state(), Speech.padded(word(answered), TextFace.STATE_WIDTH))
            + " "
            + Speech.clean(words(answered))
            + paint.quiet(took + other));
    outcome
        .state()
        .filter(state -> outcome.clock().isPresent())
        .ifPresent(presence -> lines.detail(speech.status(presence, answered.at())));
    outcome
        .clock()
        .ifPresent(
            clock ->
                lines.detail(
                    "its clock "
                        + speech.time(clock.now(), answered.at())
                        + (clock.sure() ? ", sure" : ", not sure of it")));
  }

  /** What a cancel did is said of what it took back. */
  private static String word(Event.Answered answered) {
    Result result = answered.outcome().result();
    boolean cancel = answered.instruction() instanceof Instruction.Cancel;
    if (result instanceof Result.Declined declined) {
      Reason reason = declined.refusal().reason();
      return cancel && reason == Reason.TOO_LATE ? "too late." : "refused: " + reason + ".";
    } else if (result instanceof Result.Failed failed) {
      return "failed: " + failed.refusal().reason() + ".";
    }
    return cancel && result instanceof Result.Executed ? "cancelled" : result.state().wire();
  }

  /** The device's words, without the one that stands before them already. */
  private static String words(Event.Answered answered) {
    String text = answered.outcome().result().text();
    String said = word(answered) + ": ";
    return text.startsWith(said) ? text.substring(said.length()) : text;
  }

  private void accepted(Event.Accepted accepted) {
    if (accepted.deliveries().size() > 1) {
      lines.stamped(
          accepted.at(),
          paint.quiet(
              "order "
                  + accepted.order().brief()
                  + " accepted for "
                  + accepted.deliveries().size()
                  + " devices"));
    }
    Map<Standing, List<BareJid>> held = new LinkedHashMap<>();
    accepted.deliveries().entrySet().stream()
        .filter(each -> each.getValue().state() == DeliveryState.HELD)
        .forEach(
            each ->
                held.computeIfAbsent(each.getValue(), any -> new ArrayList<>()).add(each.getKey()));
    held.forEach((standing, devices) -> held(accepted.at(), devices, standing));
  }

  /** Many who wait for the same are one line. */
  private void held(Instant at, List<BareJid> devices, Standing standing) {
    String otherwise = "not there now; sent if it comes back in time";
    if (devices.size() <= MOST_ALONE) {
      devices.forEach(device -> device(at, device, standing, otherwise));
    } else {
      line(at, Speech.padded(devices.size() + " devices ", LABEL), standing, otherwise);
    }
  }

  private void tally(Event.Tally tally) {
    if (tally.sum().isPresent()) {
      // Its end is told as the goal's.
      screen.status(words(tally));
      return;
    }
    if (tally.over()) {
      counting = Optional.empty();
      screen.status("");
      lines.stamped(tally.at(), "order " + tally.order().brief() + ": " + words(tally));
    } else {
      counting = Optional.of(tally);
      screen.status(words(tally));
    }
  }

  /** {@code 3 of 5 answered: 3 executed; 1 held}. */
  private static String words(Event.Tally tally) {
    String ended = counts(tally, true);
    String open = counts(tally, false);
    return tally.sum().map(sum -> sum.shed() + " of " + sum.goal() + "; ").orElse("")
        + tally.answered()
        + " of "
        + tally.devices()
        + " answered"
        + (ended.isEmpty() ? "" : ": " + ended)
        + (open.isEmpty() ? "" : "; " + open);
  }

  private static String counts(Event.Tally tally, boolean terminal) {
    return tally.counts().entrySet().stream()
        .filter(entry -> entry.getKey().terminal() == terminal)
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private void tooLate(Event.TooLate late) {
    Standing standing = late.standing();
    boolean nothingDone =
        switch (standing.state()) {
          case CANCELLED, EXPIRED, SUPERSEDED -> true;
          default -> false;
        };
    String text = standing.text().isEmpty() ? "" : ": " + Speech.clean(standing.text());
    lines.stamped(
        late.at(),
        TextFace.name(late.device())
            + (nothingDone
                ? paint.doubtful(Speech.padded("void", TextFace.STATE_WIDTH))
                : paint.bad(Speech.padded("too late.", TextFace.STATE_WIDTH)))
            + " it was "
            + standing.state()
            + " already"
            + text);
  }

  /** Who is held was said when the order was accepted. */
  private void resting(Event.Resting resting) {
    screen.status("");
    resting
        .open()
        .forEach(
            (device, standing) -> {
              if (standing.state() != DeliveryState.HELD) {
                device(resting.at(), device, standing, "the device has it");
              }
            });
    sayTally(resting.at(), resting.order());
    String id = resting.order().brief();
    lines.stamped(
        resting.at(),
        "order "
            + id
            + resting
                .executeAt()
                .map(at -> " is for " + speech.time(at, resting.at()))
                .orElseGet(() -> " waits until " + speech.time(resting.deliverBy(), resting.at()))
            + "; cancel "
            + id
            + " takes it back");
  }

  private void stillOpen(Event.StillOpen open) {
    screen.status("");
    open.open().forEach((device, standing) -> device(open.at(), device, standing, "no answer yet"));
    sayTally(open.at(), open.order());
    lines.stamped(
        open.at(), "no longer waiting; order " + open.order().brief() + " shows how it goes on");
  }

  private void sayTally(Instant at, DocumentId order) {
    counting
        .filter(tally -> tally.order().equals(order))
        .ifPresent(tally -> lines.stamped(at, words(tally)));
    counting = Optional.empty();
  }

  private void device(Instant at, BareJid device, Standing standing, String otherwise) {
    line(at, TextFace.name(device), standing, otherwise);
  }

  private void line(Instant at, String whom, Standing standing, String otherwise) {
    String said = Speech.clean(standing.text());
    String text = said.startsWith(HELD) ? said.substring(HELD.length()) : said;
    lines.stamped(
        at,
        whom
            + Speech.coloured(
                paint,
                standing.state(),
                Speech.padded(standing.state().wire(), TextFace.STATE_WIDTH))
            + " "
            + (text.isEmpty() ? otherwise : text));
  }
}
