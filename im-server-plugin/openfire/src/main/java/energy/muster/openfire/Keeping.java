// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.service.Streams;
import energy.muster.service.desk.Failures;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * Has the service keep what people say to colleagues who are not there: the server's own offline
 * store loses messages. Who says what could not be kept hears so.
 */
final class Keeping {
  private static final Refusal UNKNOWN =
      new Refusal(Reason.BUSY, "nobody knows whether this was kept for them; say it again");

  private final Streams streams;
  private final Consumer<Packet> send;

  Keeping(Streams streams, Consumer<Packet> send) {
    this.streams = streams;
    this.send = send;
  }

  /** Whether it is kept, so that it must not go on. */
  boolean keeps(Message message, FullJid from, BareJid to) {
    boolean spoken =
        message.getBody() != null
            && (message.getType() == Message.Type.chat || message.getType() == Message.Type.normal);
    Optional<CompletionStage<Void>> end =
        spoken ? streams.keep(from, to, message.getBody()) : Optional.empty();
    end.ifPresent(
        kept ->
            kept.whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    Edge.quietly("an answer to " + from, () -> send.accept(no(message, failure)));
                  }
                }));
    return end.isPresent();
  }

  private static Message no(Message message, Throwable failure) {
    Refusal why = Failures.cause(failure) instanceof Refused refused ? refused.refusal() : UNKNOWN;
    Message answer = new Message();
    answer.setID(message.getID());
    answer.setTo(message.getFrom());
    answer.setFrom(message.getTo());
    answer.setThread(message.getThread());
    answer.setError(Answers.plain(why));
    return answer;
  }
}
