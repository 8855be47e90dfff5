// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;

final class LateOutcomesTest {
  private static final FullJid DEVICE = FullJid.parse("load-48@grid.example/k1");
  private static final Payload OUTCOME = Payload.of(Wire.OUTCOME, new Sealed(new byte[] {48, 0}));

  private final List<Payload> taken = new ArrayList<>();
  private final LateOutcomes late =
      new LateOutcomes(
          (from, set, payload) -> {
            assertThat(from).isEqualTo(DEVICE);
            assertThat(set).isTrue();
            taken.add(payload);
            return CompletableFuture.completedFuture(Payload.empty(payload.wire()));
          });

  private static IQ answer(Payload payload) {
    IQ question = new IQ(IQ.Type.set, "of-long-ago");
    question.setFrom(Server.SERVICE);
    question.setTo(DEVICE.toString());
    return Answers.result(question, payload);
  }

  @Test
  void anOutcomeCountsAsIfItHadBeenSentByItself() {
    late.take(answer(OUTCOME));

    assertThat(taken).containsExactly(OUTCOME);
  }

  @Test
  void anyOtherAnswerIsLeft() {
    late.take(answer(Payload.empty(Wire.RECEIVED)));
    IQ empty = new IQ(IQ.Type.result, "of-long-ago");
    empty.setFrom(DEVICE.toString());
    late.take(empty);
    IQ error = answer(OUTCOME);
    error.setType(IQ.Type.error);
    late.take(error);
    IQ nobody = answer(OUTCOME);
    nobody.setFrom((String) null);
    late.take(nobody);

    assertThat(taken).isEmpty();
  }

  @Test
  void aRefusalIsNobodysTrouble() {
    new LateOutcomes(
            (from, set, payload) -> {
              throw new Refused(Reason.NOT_PROVEN, "prove first");
            })
        .take(answer(OUTCOME));
    new LateOutcomes(
            (from, set, payload) ->
                CompletableFuture.failedFuture(new Refused(Reason.UNKNOWN, "no order")))
        .take(answer(OUTCOME));
  }
}
