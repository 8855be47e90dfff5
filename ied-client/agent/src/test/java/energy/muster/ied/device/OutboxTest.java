// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.fixture.FakeLink;
import energy.muster.ied.fixture.ManualTime;
import energy.muster.ied.gate.CommandKey;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final CommandKey ORDER =
      new CommandKey(BareJid.parse("op-1@grid.example"), DocumentId.next(NOON));
  private static final Sealed OUTCOME = new Sealed(new byte[] {1, 2, 3});

  private static final LinkListener UNHEARD =
      new LinkListener() {
        @Override
        public CompletionStage<Payload> asked(String from, Payload question) {
          throw new AssertionError("nobody asks");
        }

        @Override
        public void told(Payload message) {}

        @Override
        public void changed(LinkState state) {}
      };

  private final ManualTime time = new ManualTime(NOON);
  private final Timer timer = time.on(Runnable::run);
  private final List<CommandKey> acknowledged = new ArrayList<>();
  private final Outbox outbox =
      new Outbox(() -> 7, Runnable::run, timer, acknowledged::add, (key, why) -> {});
  private final CompletableFuture<Payload> answer = new CompletableFuture<>();

  @Test
  void whatWentAsAnAnswerKeepsNothingElseFromBeingSent() {
    outbox.answer(ORDER, OUTCOME, new Receipt(answer, true));

    assertThat(answer).isCompleted();
    assertThat(outbox.quiet()).isTrue();
    assertThat(outbox.settled()).isFalse();

    outbox.kept(Set.of(OUTCOME.digest()));
    assertThat(outbox.settled()).isTrue();
    assertThat(acknowledged).containsExactly(ORDER);
  }

  @Test
  void whatMustBeSentAgainComesFirst() {
    outbox.answer(ORDER, OUTCOME, new Receipt(answer, true));

    time.advance(Duration.ofSeconds(61));

    assertThat(outbox.quiet()).isFalse();
    assertThat(acknowledged).isEmpty();
  }

  @Test
  void whatIsNotAcknowledgedDoesNotLookSent() {
    outbox.add(ORDER, OUTCOME);

    assertThat(outbox.quiet()).isFalse();
  }

  /** A link to a service that will not have it for this reason, until the session after. */
  private FakeLink refusing(Reason reason) {
    FakeLink link = new FakeLink(BareJid.parse("load-48@grid.example"), UNHEARD);
    link.service(asked -> CompletableFuture.failedFuture(new Refused(reason, "no")));
    outbox.attach(link);
    outbox.add(ORDER, OUTCOME);
    outbox.proven();
    return link;
  }

  @Test
  void whatTheServiceRefusesForGoodKeepsNothingElseBackAndIsTriedOnceInEachSession() {
    FakeLink link = refusing(Reason.UNKNOWN);

    assertThat(outbox.quiet()).isTrue();
    assertThat(outbox.settled()).isTrue();
    time.advance(Duration.ofMinutes(10));
    assertThat(link.outcomes()).hasSize(1);
    assertThat(acknowledged).isEmpty();

    CompletableFuture<Payload> taken = new CompletableFuture<>();
    link.service(asked -> taken);
    outbox.cut();
    outbox.proven();
    assertThat(link.outcomes()).hasSize(2);
    assertThat(outbox.quiet()).isFalse();
    assertThat(outbox.settled()).isFalse();
    taken.complete(Payload.empty(Wire.OUTCOME));
    assertThat(acknowledged).containsExactly(ORDER);
  }

  @Test
  void whatTheServiceRefusesForNowStillWaits() {
    FakeLink link = refusing(Reason.BUSY);

    assertThat(outbox.quiet()).isFalse();
    assertThat(outbox.settled()).isFalse();
    time.advance(Duration.ofSeconds(2));
    assertThat(link.outcomes()).hasSize(2);
  }
}
