// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.Unanswered;
import energy.muster.service.Undeliverable;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dom4j.QName;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;

/** The service's questions on their way, and the answers that come back for them. */
final class Asks implements Outbound {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final JID service;
  private final Consumer<Packet> send;
  private final Executor sender;
  private final Duration patience;
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();

  private record Pending(FullJid to, CompletableFuture<Payload> answer) {}

  /**
   * @param sender runs the sending: routing writes to a session on the caller's thread
   */
  Asks(JID service, Consumer<Packet> send, Executor sender, Duration patience) {
    this.service = service;
    this.send = send;
    this.sender = sender;
    this.patience = patience;
  }

  @Override
  public CompletionStage<Payload> ask(FullJid to, Payload set) {
    String id = UUID.randomUUID().toString();
    IQ iq = new IQ(IQ.Type.set, id);
    iq.setFrom(service);
    iq.setTo(Jids.of(to));
    iq.setChildElement(PayloadXml.write(set));
    CompletableFuture<Payload> answer = new CompletableFuture<>();
    pending.put(id, new Pending(to, answer));
    CompletableFuture<Payload> bounded =
        answer
            .copy()
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionallyCompose(
                failure ->
                    CompletableFuture.failedFuture(
                        failure instanceof java.util.concurrent.TimeoutException
                            ? new Unanswered(
                                to + " did not answer in " + patience.toSeconds() + " s")
                            : failure))
            .whenComplete((result, failure) -> pending.remove(id));
    sender.execute(() -> Edge.quietly("a question to " + to, () -> send.accept(iq)));
    return bounded;
  }

  @Override
  public void say(BareJid from, FullJid to, String text, Instant at) {
    Message message = new Message();
    message.setType(Message.Type.chat);
    message.setFrom(Jids.of(from));
    message.setTo(Jids.of(to));
    message.setBody(text);
    // XEP-0203: it may have been said while nobody was there.
    message
        .getElement()
        .addElement("delay", "urn:xmpp:delay")
        .addAttribute("from", service.toString())
        .addAttribute("stamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
    sender.execute(() -> Edge.quietly("a line to " + to, () -> send.accept(message)));
  }

  @Override
  public void tell(FullJid to, Payload headline) {
    Message message = new Message();
    message.setType(Message.Type.headline);
    message.setFrom(service);
    message.setTo(Jids.of(to));
    message.getElement().add(PayloadXml.write(headline));
    sender.execute(() -> Edge.quietly("word to " + to, () -> send.accept(message)));
  }

  /**
   * Takes a result or an error, and says whether it was waited for. Anyone can send one with a
   * guessed id: the sender must match.
   */
  boolean answered(IQ iq) {
    Pending asked = iq.getID() == null ? null : pending.get(iq.getID());
    if (asked == null || !Jids.full(iq.getFrom()).filter(asked.to()::equals).isPresent()) {
      return false;
    }
    pending.remove(iq.getID());
    if (iq.getType() == IQ.Type.error) {
      asked.answer().completeExceptionally(no(iq, asked.to()));
      return true;
    }
    try {
      asked.answer().complete(Answers.payload(iq));
    } catch (Refused unreadable) {
      asked.answer().completeExceptionally(unreadable);
    }
    return true;
  }

  private static RuntimeException no(IQ iq, FullJid to) {
    PacketError error = iq.getError();
    boolean typed =
        error != null
            && error
                    .getElement()
                    .element(QName.get(Wire.REFUSED.element(), Wire.REFUSED.namespace()))
                != null;
    if (typed || error == null) {
      return new Refused(Answers.refusal(iq));
    }
    return switch (error.getCondition()) {
      // RFC 6121 8.5.3.2: how a server answers for a session that is not there.
      case service_unavailable, recipient_unavailable, item_not_found, gone ->
          new Undeliverable(to + " is not there");
      // How a client answers that failed on the question, and may not fail on it again.
      case internal_server_error, undefined_condition ->
          new Unanswered(to + " answered " + error.getCondition().toXMPP());
      default -> new Refused(Answers.refusal(iq));
    };
  }
}
