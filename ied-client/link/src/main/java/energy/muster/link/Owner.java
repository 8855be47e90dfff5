// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/**
 * Calls the link's owner, one call at a time in the order of the stream, and turns what it says
 * into an answer: every question gets one.
 */
final class Owner implements Executor {
  private final BareJid account;
  private final LinkListener listener;
  private final Executor inOrder;

  Owner(BareJid account, LinkListener listener, Executor inOrder) {
    this.account = account;
    this.listener = listener;
    this.inOrder = inOrder;
  }

  /** For the answers to the owner's own questions, so that they keep their place in the stream. */
  @Override
  public void execute(Runnable completion) {
    inOrder.execute(completion);
  }

  void changed(LinkState state) {
    execute(() -> listener.changed(state));
  }

  void told(Payload message) {
    execute(() -> listener.told(message));
  }

  void warned(BareJid from, Payload warning) {
    execute(() -> listener.warned(from, warning));
  }

  void said(BareJid from, String text) {
    execute(() -> listener.said(from, text));
  }

  void heard(RoomLine line) {
    execute(() -> listener.heard(line));
  }

  void expelled(String room) {
    execute(() -> listener.expelled(room));
  }

  void asked(Session session, PayloadIq question) {
    execute(() -> ask(session, question));
  }

  /** The owner is not bothered with it. */
  void puzzled(Session session, IQ question) {
    execute(() -> send(session, question, StanzaErrors.unknown(question)));
  }

  private void ask(Session session, PayloadIq question) {
    try {
      question.read().fault().ifPresent(this::refuse);
      if (question.getType() == IQ.Type.get) {
        throw new Refused(Reason.UNSUPPORTED, question.wire().element() + " cannot be got here");
      }
      CompletionStage<Payload> answer =
          listener.asked(sender(question.getFrom()), question.read().payload());
      Futures.whenDone(answer, (payload, failure) -> answer(session, question, payload, failure));
    } catch (RuntimeException | Error e) {
      answer(session, question, null, e);
    }
  }

  private void refuse(Refusal fault) {
    throw new Refused(fault);
  }

  private void answer(Session session, PayloadIq question, Payload payload, Throwable failure) {
    send(session, question, response(question, payload, failure));
  }

  private void send(Session session, IQ question, IQ response) {
    try {
      session.send(response);
    } catch (LinkException e) {
      // Whoever asked sees a time-out and asks again with the same id.
      LogLines.LINK.info(
          "{} could not answer {} {}: {}",
          account,
          question.getChildElementName(),
          question.getStanzaId(),
          e.getMessage());
    }
  }

  private IQ response(PayloadIq question, Payload payload, Throwable failure) {
    if (payload != null) {
      return PayloadIq.result(question, payload);
    }
    if (failure instanceof Refused refused) {
      return StanzaErrors.refusing(question, refused.refusal());
    }
    LogLines.LINK.error(
        "{} failed to answer {} {}",
        account,
        question.wire().element(),
        question.getStanzaId(),
        failure);
    return StanzaErrors.failing(question);
  }

  /** The server stamps every stanza but its own to the account, RFC 6120 8.1.2.1. */
  private String sender(Jid from) {
    return from == null ? account.toString() : from.toString();
  }
}
