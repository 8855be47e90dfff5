// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Failures;
import energy.muster.wire.Payload;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.component.Component;
import org.xmpp.component.ComponentManager;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;

/**
 * The service's address on the server. Stanzas come on connection threads, in the order of each
 * connection; nothing here waits, and every IQ request is answered exactly once.
 */
final class MusterComponent implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(MusterComponent.class);

  /** Answers requests; {@code Service.request}, or a refusal while the plugin is not set up. */
  interface Requests {
    CompletionStage<Payload> request(FullJid from, boolean set, Payload payload);
  }

  private final String domain;
  private final Requests requests;
  private final Consumer<IQ> answers;
  private final Consumer<Message> chat;
  private final Consumer<Packet> send;

  MusterComponent(
      String domain,
      Requests requests,
      Consumer<IQ> answers,
      Consumer<Message> chat,
      Consumer<Packet> send) {
    this.domain = domain;
    this.requests = requests;
    this.answers = answers;
    this.chat = chat;
    this.send = send;
  }

  @Override
  public String getName() {
    return "Muster";
  }

  @Override
  public String getDescription() {
    return "Control network for electric power";
  }

  @Override
  public void initialize(JID jid, ComponentManager manager) {
    LOG.debug("The service is {}", jid);
  }

  @Override
  public void start() {
    LOG.debug("The component is started");
  }

  @Override
  public void shutdown() {
    LOG.debug("The component is shut down");
  }

  @Override
  public void processPacket(Packet packet) {
    Edge.quietly("a stanza to the service", () -> process(packet));
  }

  private void process(Packet packet) {
    if (packet instanceof Message message) {
      chat.accept(message);
    } else if (packet instanceof IQ iq) {
      if (iq.isRequest()) {
        answer(iq);
      } else {
        answers.accept(iq);
      }
    }
  }

  private void answer(IQ iq) {
    try {
      Element child = iq.getChildElement();
      if (child != null && PayloadXml.ours(child)) {
        ask(iq, child);
      } else {
        send.accept(standard(iq, child == null ? "" : child.getNamespaceURI()));
      }
    } catch (Refused refused) {
      send.accept(Answers.refused(iq, refused.refusal()));
    } catch (RuntimeException | LinkageError e) {
      LOG.error("Could not take request {} of {}", iq.getID(), iq.getFrom(), e);
      send.accept(Answers.error(iq, PacketError.Condition.internal_server_error));
    }
  }

  private static IQ standard(IQ iq, String namespace) {
    boolean get = iq.getType() == IQ.Type.get;
    if (get && namespace.equals(Disco.INFO)) {
      return Disco.info(iq);
    }
    if (get && namespace.equals(Disco.ITEMS)) {
      return Disco.items(iq);
    }
    if (get && namespace.equals(Disco.PING)) {
      return IQ.createResultIQ(iq);
    }
    return Answers.error(iq, PacketError.Condition.service_unavailable);
  }

  private void ask(IQ iq, Element child) {
    FullJid from = sender(iq);
    Payload payload = PayloadXml.read(child);
    requests
        .request(from, iq.getType() == IQ.Type.set, payload)
        .whenComplete(
            (result, failure) ->
                Edge.quietly(
                    "an answer to " + from,
                    () ->
                        send.accept(
                            failure == null ? Answers.result(iq, result) : no(iq, failure))));
  }

  /** There is no federation: whoever is not of this domain has come through a door left open. */
  private FullJid sender(IQ iq) {
    Optional<FullJid> from = Jids.full(iq.getFrom());
    return from.filter(jid -> jid.bare().domain().equals(domain))
        .orElseThrow(
            () -> new Refused(Reason.NOT_AUTHORISED, "only sessions of " + domain + " are served"));
  }

  private static IQ no(IQ iq, Throwable failure) {
    Throwable cause = Failures.cause(failure);
    if (cause instanceof Refused refused) {
      return Answers.refused(iq, refused.refusal());
    }
    LOG.error("Request {} of {} failed", iq.getID(), iq.getFrom(), cause);
    Refusal busy =
        Refusal.of(Reason.BUSY, "the service failed at this; send the same again (%s)", iq.getID());
    return Answers.refused(iq, busy);
  }
}
