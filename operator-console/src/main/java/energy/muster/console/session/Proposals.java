// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.LineReader;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.response.ShedProposal;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sheds that are proposed because of a price, and an operator's word on them. */
final class Proposals {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Setup setup;
  private final Mirror mirror;
  private final OrderBook book;
  private final Orders orders;
  private final Questions questions;
  private final Confirmation confirmation;
  private final Consumer<Event> events;

  Proposals(
      Setup setup,
      Mirror mirror,
      OrderBook book,
      Orders orders,
      Questions questions,
      Confirmation confirmation,
      Consumer<Event> events) {
    this.setup = setup;
    this.mirror = mirror;
    this.book = book;
    this.orders = orders;
    this.questions = questions;
    this.confirmation = confirmation;
    this.events = events;
  }

  LineResult list() throws InterruptedException {
    events.accept(new Event.ProposalsShown(now(), all()));
    return new LineResult.Done(true);
  }

  private List<ShedProposal> all() throws InterruptedException {
    return Fields.of(questions.get(Payload.empty(Wire.PROPOSALS), ANSWER).requireLargeJson())
        .objects("proposals")
        .stream()
        .map(ShedProposal::read)
        .toList();
  }

  private ShedProposal find(String typed, long number) throws InterruptedException {
    return all().stream()
        .filter(each -> each.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new Hint(
                    typed.length(), "there is no proposal " + number + "; proposals lists them"));
  }

  /** Gives back what this person has taken on, so that a colleague may accept it. */
  LineResult release(long number) throws InterruptedException {
    ShedProposal proposal = find("release proposal ", number);
    Optional<DocumentId> given =
        proposal
            .order()
            .filter(order -> proposal.by().equals(Optional.of(setup.identity().certified().jid())));
    if (given.isPresent() && !confirmation.ask(question(proposal, given.get()))) {
      events.accept(new Event.Said(now(), "not done: proposal " + number + " stays yours"));
      return new LineResult.Done(false);
    }
    Payload open = answer(letGo(number));
    events.accept(
        new Event.ProposalsShown(now(), List.of(ShedProposal.read(Fields.of(open.requireJson())))));
    return new LineResult.Done(true);
  }

  private static ObjectNode letGo(long number) {
    return Json.object().put("number", number).put("release", true);
  }

  private static String question(ShedProposal proposal, DocumentId order) {
    return "order %s was given for proposal %d; who accepts it next sheds %s once more: let it go?"
        .formatted(order.brief(), proposal.number(), proposal.shed());
  }

  /** Takes it on first, so that no colleague signs the same, and then signs the order. */
  LineResult accept(long number) throws InterruptedException {
    ShedProposal proposal = find("accept proposal ", number);
    // Before it is taken on: what cannot be ordered is said now.
    Line line = LineReader.read(order(proposal));
    answer(Json.object().put("number", number));
    Optional<DocumentId> before = book.newest();
    Optional<DocumentId> given = Optional.empty();
    boolean ended = false;
    try {
      LineResult result = orders.run((Line.Order) line);
      given = given(result);
      ended = !unanswered(result);
      return result;
    } finally {
      if (given.isEmpty() && !ended) {
        given = book.newest().filter(newest -> !before.equals(Optional.of(newest)));
      }
      if (given.isPresent() && !ended) {
        say(number, given.get());
      }
      answer(
          given.isPresent()
              ? Json.object().put("number", number).put("order", given.get().text())
              : letGo(number));
    }
  }

  private void say(long number, DocumentId order) {
    String id = order.brief();
    events.accept(
        new Event.Said(
            now(),
            "proposal "
                + number
                + " stays yours: order "
                + id
                + " may still be carried out; order "
                + id
                + " shows what became of it"));
  }

  private Payload answer(ObjectNode word) throws InterruptedException {
    return questions.set(Payload.of(Wire.PROPOSAL, word), ANSWER, why -> {});
  }

  /** Whether an order is under way of which nobody has said that it is carried out. */
  private static boolean unanswered(LineResult result) {
    return result instanceof LineResult.Pursued pursued
        && pursued.taken() != LineResult.Taken.REFUSED
        && pursued.shed().equals(Power.ZERO);
  }

  /** The order that is under way, or may be. */
  private static Optional<DocumentId> given(LineResult result) {
    if (result instanceof LineResult.Pursued pursued) {
      return pursued.taken() == LineResult.Taken.REFUSED
          ? Optional.empty()
          : Optional.of(pursued.order());
    }
    return result instanceof LineResult.Given given
            && given.standings().values().stream()
                .anyMatch(standing -> standing.state() != DeliveryState.REFUSED)
        ? Optional.of(given.order())
        : Optional.empty();
  }

  /** What a person would type for it. */
  private String order(ShedProposal proposal) throws InterruptedException {
    String tail =
        " until "
            + proposal.until()
            + " because \"proposal "
            + proposal.number()
            + ", "
            + proposal.offer()
            + " costs "
            + proposal.perKwh().toPlainString()
            + "\"";
    String loads = "loads" + place(proposal.area());
    if (!proposal.from().isAfter(now())) {
      return "shed " + proposal.shed() + " from " + loads + tail;
    }
    // A goal is pursued at once; what is for later names whom it means.
    return "shed "
        + String.join(", ", enough(loads, proposal.shed()))
        + " at "
        + proposal.from()
        + tail;
  }

  private static String place(Area area) {
    if (area.equals(Area.ALL)) {
      return "";
    }
    for (String kind : List.of("branch", "feeder")) {
      if (area.name().startsWith(kind + "-")) {
        return " on " + kind + " " + area.name().substring(kind.length() + 1);
      }
    }
    return " in group " + area.name();
  }

  private List<String> enough(String loads, Power wanted) throws InterruptedException {
    List<BareJid> meant = mirror.resolve(((Line.Order) LineReader.read("shed " + loads)).targets());
    Candidates candidates = Candidates.of(meant, mirror, FairnessRecord.ask(questions));
    List<String> names = new ArrayList<>();
    Power sum = Power.ZERO;
    for (Candidates.Candidate each : candidates.inOrder()) {
      if (sum.compareTo(wanted) < 0) {
        names.add(each.device().local());
        sum = sum.plus(each.sheds());
      }
    }
    if (names.isEmpty()) {
      throw new Hint(0, "none of the " + loads + " can shed anything");
    }
    return names;
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
