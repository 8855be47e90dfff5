// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.fixture.ManualTime;
import energy.muster.ied.gate.CommandKey;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final CommandKey ORDER =
      new CommandKey(BareJid.parse("op-1@grid.example"), DocumentId.next(NOON));
  private static final Sealed OUTCOME = new Sealed(new byte[] {1, 2, 3});

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
    assertThat(outbox.empty()).isFalse();

    outbox.kept(Set.of(OUTCOME.digest()));
    assertThat(outbox.empty()).isTrue();
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
}
