// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.link.Announcement;
import energy.muster.link.Futures;
import energy.muster.link.Link;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.link.Links;
import energy.muster.outcome.Outcomes;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.stage.Access;
import energy.muster.stage.Cable;
import energy.muster.stage.SiteFolder;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The operator of a storm: signs orders, submits each until it is answered one way or the other,
 * and notes every signed outcome that arrives.
 */
final class Issuer implements LinkListener, AutoCloseable {
  static final String NAME = "op-1";

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
  private static final Duration AGAIN_AFTER = Duration.ofMillis(700);
  private static final int TRIES = 6;

  private final History history;
  private final InstantSource clock;
  private final Executor workers;
  private final Cable cable;
  private final Link link;
  private final Questions questions;
  private final Letters letters;
  private final GivingUp givingUp;
  private final Map<DocumentId, Payload> open = new ConcurrentHashMap<>();
  private final Map<DocumentId, CompletableFuture<Fact.Told>> waiting = new ConcurrentHashMap<>();

  Issuer(SiteFolder folder, Cable cable, History history, InstantSource clock, Executor workers)
      throws IOException {
    this.cable = cable;
    this.history = history;
    this.clock = clock;
    this.workers = workers;
    var account = folder.jid(NAME);
    link =
        Links.open(
            folder.link(account, folder.identity(account), Access.tcp(cable.port()), ANSWER_WITHIN),
            this);
    questions = new Questions(link, Trust.of(folder.pki().authority().certificate()), clock);
    letters = new Letters(folder, NAME);
    givingUp = new GivingUp(letters, questions, link, history, clock, workers);
    link.announce(new Announcement(Show.AVAILABLE, "in a storm", Optional.empty()));
  }

  boolean proven() {
    return link.state() == LinkState.PROVEN;
  }

  /**
   * An order on its way.
   *
   * @param told completes when its first outcome has come
   */
  record Placed(DocumentId id, CompletableFuture<Fact.Told> told) {}

  /** Signs an order and submits it until it is answered. */
  Placed order(Order order) {
    return order(order, Optional.empty());
  }

  /** As {@link #order(Order)}, one that takes the place of another. */
  Placed order(Order order, Optional<DocumentId> supersedes) {
    Letters.Letter letter = letters.order(order, supersedes, clock.instant());
    history.note(letter.fact());
    CompletableFuture<Fact.Told> told = new CompletableFuture<>();
    waiting.put(letter.id(), told);
    open.put(letter.id(), letter.submission());
    for (int copy = 0; copy < (order.twice() ? 2 : 1); copy++) {
      submit(letter.id(), letter.submission(), TRIES, new CompletableFuture<>());
    }
    if (order.extras().givenUp()) {
      givingUp.whenInDoubt(letter);
    }
    return new Placed(letter.id(), told);
  }

  /** Completes when it is answered one way or the other, or was tried often enough. */
  private void submit(
      DocumentId id, Payload submission, int tries, CompletableFuture<Void> concluded) {
    var unused =
        link.set(submission)
            .whenComplete(
                (accepted, failure) -> {
                  if (answered(id, failure) || tries == 1) {
                    concluded.complete(null);
                  } else {
                    CompletableFuture.delayedExecutor(
                            AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS, workers)
                        .execute(() -> submit(id, submission, tries - 1, concluded));
                  }
                });
  }

  private boolean answered(DocumentId id, Throwable failure) {
    Instant now = clock.instant();
    Throwable cause = Futures.cause(failure);
    if (cause == null) {
      open.remove(id);
      history.note(new Fact.Accepted(now, id));
    } else if (cause instanceof Refused no && no.refusal().reason() != Reason.BUSY) {
      open.remove(id);
      history.note(new Fact.Declined(now, id, no.refusal().reason(), no.refusal().text()));
    } else {
      history.note(new Fact.Unanswered(now, id, String.valueOf(cause.getMessage())));
      return false;
    }
    return true;
  }

  /** Submits again what was never answered, so that everybody knows; false if some still is not. */
  boolean insist() {
    for (Map.Entry<DocumentId, Payload> one : Map.copyOf(open).entrySet()) {
      CompletableFuture<Void> concluded = new CompletableFuture<>();
      submit(one.getKey(), one.getValue(), TRIES, concluded);
      concluded.join();
    }
    return open.isEmpty();
  }

  Questions questions() {
    return questions;
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    switch (question.wire()) {
      case OUTCOME -> take(question.requireSealed());
      case OUTCOMES -> Outcomes.read(question).sealed().forEach(this::take);
      default -> {}
    }
    return CompletableFuture.completedFuture(Payload.empty(question.wire()));
  }

  private void take(Sealed outcome) {
    Fact.Told told = questions.open(outcome);
    history.note(told);
    Optional.ofNullable(waiting.get(told.id())).ifPresent(done -> done.complete(told));
  }

  @Override
  public void told(Payload message) {
    if (message.wire() == Wire.NOTICE) {
      ObjectNode notice = message.requireLargeJson();
      if (notice.path("kind").asText().equals("quarantine")) {
        history.note(
            new Fact.Quarantined(clock.instant(), notice.path("device").asText().split("@", 2)[0]));
      }
    }
  }

  @Override
  public void changed(LinkState state) {}

  Cable cable() {
    return cable;
  }

  @Override
  public void close() {
    link.close();
    cable.close();
  }
}
