// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.service.Unanswered;
import energy.muster.service.Undeliverable;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;

final class AsksTest {
  private static final FullJid DEVICE = FullJid.parse("load-48@grid.example/k1");
  private static final Payload LEASE = Payload.empty(Wire.LEASE);

  private final List<Packet> sent = new ArrayList<>();
  private final Asks asks = asks(Duration.ofMinutes(1));

  private Asks asks(Duration patience) {
    return new Asks(Server.SERVICE, sent::add, Runnable::run, patience);
  }

  private CompletableFuture<Payload> ask() {
    return asks.ask(DEVICE, LEASE).toCompletableFuture();
  }

  private IQ asked() {
    return (IQ) sent.get(sent.size() - 1);
  }

  private static Throwable cause(CompletableFuture<Payload> answer) {
    try {
      throw new AssertionError("answered " + answer.get(10, TimeUnit.SECONDS));
    } catch (ExecutionException failure) {
      return failure.getCause();
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aQuestionGoesOutAsARequestOfTheService() {
    assertThat(ask()).isNotDone();
    assertThat(asked().getType()).isEqualTo(IQ.Type.set);
    assertThat(asked().getFrom()).isEqualTo(Server.SERVICE);
    assertThat(asked().getTo()).isEqualTo(new JID(DEVICE.toString()));
    assertThat(PayloadXml.read(asked().getChildElement())).isEqualTo(LEASE);
  }

  @Test
  void theResultOfWhomWasAskedIsTheAnswer() {
    CompletableFuture<Payload> answer = ask();
    asks.answered(Answers.result(asked(), LEASE));
    assertThat(answer).isCompletedWithValue(LEASE);
  }

  @Test
  void aResultOfAnotherSenderWithTheRightIdIsNoAnswer() {
    CompletableFuture<Payload> answer = ask();
    IQ forged = Answers.result(asked(), LEASE);
    forged.setFrom("load-48@grid.example/other");
    asks.answered(forged);
    assertThat(answer).isNotDone();
    asks.answered(Answers.result(asked(), LEASE));
    assertThat(answer).isCompletedWithValue(LEASE);
  }

  @Test
  void aResultWithAnotherIdIsNoAnswer() {
    CompletableFuture<Payload> answer = ask();
    IQ other = Answers.result(asked(), LEASE);
    other.setID("guessed");
    asks.answered(other);
    assertThat(answer).isNotDone();
  }

  @Test
  void aTypedRefusalIsToldAsItIs() {
    CompletableFuture<Payload> answer = ask();
    Refusal refusal = new Refusal(Reason.BUSY, "100 orders wait");
    asks.answered(Answers.refused(asked(), refusal));
    assertThat(((Refused) cause(answer)).refusal()).isEqualTo(refusal);
  }

  @Test
  void theServersWordThatNobodyIsThereIsUndeliverable() {
    CompletableFuture<Payload> answer = ask();
    asks.answered(Answers.error(asked(), PacketError.Condition.service_unavailable));
    assertThat(cause(answer)).isInstanceOf(Undeliverable.class);
  }

  @Test
  void anErrorThatIsNotTypedIsARefusalAllTheSame() {
    CompletableFuture<Payload> answer = ask();
    asks.answered(Answers.error(asked(), PacketError.Condition.forbidden));
    assertThat(((Refused) cause(answer)).refusal().text()).contains("forbidden");
  }

  @Test
  void aClientThatFailedOnTheQuestionHasNotAnsweredIt() {
    for (PacketError.Condition failed :
        List.of(
            PacketError.Condition.internal_server_error,
            PacketError.Condition.undefined_condition)) {
      CompletableFuture<Payload> answer = ask();
      asks.answered(Answers.error(asked(), failed));
      assertThat(cause(answer))
          .isInstanceOf(Unanswered.class)
          .hasMessageContaining(failed.toXMPP());
    }
  }

  @Test
  void aResultThatCannotBeReadIsMalformed() {
    CompletableFuture<Payload> answer = ask();
    asks.answered(IQ.createResultIQ(asked()));
    assertThat(((Refused) cause(answer)).refusal().reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void silenceEndsAsUnanswered() {
    CompletableFuture<Payload> answer =
        asks(Duration.ofMillis(1)).ask(DEVICE, LEASE).toCompletableFuture();
    assertThat(cause(answer)).isInstanceOf(Unanswered.class);
  }

  @Test
  void aHeadlineIsAMessageToThatSession() {
    asks.tell(DEVICE, Payload.empty(Wire.REQUIRED));
    Message message = (Message) sent.get(0);
    assertThat(message.getType()).isEqualTo(Message.Type.headline);
    assertThat(message.getFrom()).isEqualTo(Server.SERVICE);
    assertThat(message.getTo()).isEqualTo(new JID(DEVICE.toString()));
    assertThat(message.getChildElement("required", Wire.REQUIRED.namespace())).isNotNull();
  }

  @Test
  void aFailureToSendDoesNotReachWhoAsks() {
    Asks broken =
        new Asks(
            Server.SERVICE,
            packet -> {
              throw new IllegalStateException("the component is gone");
            },
            Runnable::run,
            Duration.ofMinutes(1));
    assertThat(broken.ask(DEVICE, LEASE).toCompletableFuture()).isNotDone();
    assertThatThrownBy(() -> broken.ask(null, LEASE)).isInstanceOf(NullPointerException.class);
  }
}
