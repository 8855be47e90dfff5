// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.UnparsedIQ;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/** One connection from its first byte to its last; a link has one after another. */
final class Session {
  private static final Duration PARTING_WITHIN = Duration.ofSeconds(2);

  private final Transport way;
  private final Stream stream;
  private final AbstractXMPPConnection connection;
  private final DomainBareJid domain;
  private final DomainBareJid service;
  private final Requests requests;
  private final SessionEvents events;
  private final LongSupplier ticker;
  private final RoomTalk rooms;
  private volatile Optional<FullJid> self = Optional.empty();
  private volatile boolean ended;
  private volatile long lastSent;
  private volatile long lastHeard;

  Session(
      Transport way,
      StreamFactory factory,
      LinkConfig config,
      LinkThreads threads,
      LongSupplier ticker,
      SessionEvents events)
      throws IOException {
    this.way = way;
    this.events = events;
    this.ticker = ticker;
    this.domain = JidCreate.domainBareFromOrThrowUnchecked(config.account().domain());
    this.service = JidCreate.domainBareFromOrThrowUnchecked(Wire.service(domain.toString()));
    this.requests =
        new Requests(
            Base32.random128(new SecureRandom()).substring(0, 8) + "-",
            config.answerWithin(),
            threads.timers(),
            () -> events.unanswered(this));
    this.rooms =
        new RoomTalk(
            config.account(),
            requests::nextId,
            this::send,
            question -> request(question, Runnable::run),
            new RoomTalk.Ear() {
              @Override
              public void heard(RoomLine line) {
                events.heard(Session.this, line);
              }

              @Override
              public void expelled(String room) {
                events.expelled(Session.this, room);
              }
            });
    this.lastSent = ticker.getAsLong();
    this.lastHeard = lastSent;
    this.stream = factory.create(way, this::take);
    this.connection = stream.connection();
    connection.addConnectionListener(
        new ConnectionListener() {
          @Override
          public void connectionClosed() {
            events.lost(Session.this, new IOException("the server closed the stream"));
          }

          @Override
          public void connectionClosedOnError(Exception e) {
            events.lost(Session.this, e);
          }
        });
  }

  /** Connects, secures, logs in; blocks until done or failed. Nothing is left if it was cut. */
  void open() throws IOException, SmackException, XMPPException, InterruptedException {
    if (ended) {
      throw new IOException("cut before it began");
    }
    try {
      connection.connect();
      connection.login();
      self = Optional.of(FullJid.parse(connection.getUser().toString()));
    } finally {
      // Again, because there may have been no connection to cut yet.
      if (ended) {
        cut();
      }
    }
  }

  /** What carries it. */
  Transport way() {
    return way;
  }

  /** The address the server gave, once logged in. */
  Optional<FullJid> self() {
    return self;
  }

  /** For logs. */
  String name() {
    return self.map(FullJid::toString).orElse("a session without an address");
  }

  /** How long ago both sides last said something to each other. */
  Duration quiet() {
    long now = ticker.getAsLong();
    return Duration.ofNanos(Math.max(now - lastSent, now - lastHeard));
  }

  /** Changes with everything that comes in. */
  long heardAt() {
    return lastHeard;
  }

  /** Asks the service; the answer arrives on the executor. */
  CompletableFuture<Payload> ask(IQ.Type type, Payload question, Executor completeOn) {
    if (requests.saturated()) {
      return CompletableFuture.failedFuture(new LinkException("the server does not answer"));
    }
    return probe(type, question, completeOn);
  }

  /** As {@link #ask}, also when the server seems to be silent: to find out. */
  CompletableFuture<Payload> probe(IQ.Type type, Payload question, Executor completeOn) {
    return to(service, type, question, completeOn);
  }

  /** Asks another account or session, also when the service is silent. */
  CompletableFuture<Payload> toOther(
      IQ.Type type, String other, Payload question, Executor completeOn) {
    return to(JidCreate.fromOrThrowUnchecked(other), type, question, completeOn);
  }

  private CompletableFuture<Payload> to(
      Jid other, IQ.Type type, Payload question, Executor completeOn) {
    IQ request = PayloadIq.request(type, requests.nextId(), other, question);
    return request(request, completeOn).thenApply(answer -> payloadOf(answer, question.wire()));
  }

  /** Any sign of life from the server itself, also a refusal. */
  CompletableFuture<IQ> pingServer(Executor completeOn) {
    return request(ping(domain), completeOn);
  }

  /** The time to another client and back, taken on the reader's thread. */
  CompletableFuture<Duration> ping(FullJid peer) {
    Jid to = JidCreate.fromOrThrowUnchecked(peer.toString());
    long sent = ticker.getAsLong();
    return request(ping(to), Runnable::run)
        .thenApply(
            answer -> {
              Duration took = Duration.ofNanos(ticker.getAsLong() - sent);
              throwIfError(answer);
              return took;
            });
  }

  /** Queues a stanza; {@link LinkException} when the connection is gone. */
  void send(Stanza stanza) {
    try {
      connection.sendStanza(stanza);
      lastSent = ticker.getAsLong();
    } catch (NotConnectedException e) {
      throw new LinkException("not connected", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkException("interrupted while sending", e);
    }
  }

  /** Its part in rooms; what is asked completes on the reader's thread. */
  Rooms rooms() {
    return rooms;
  }

  void tell(BareJid peer, Payload message) {
    send(Headlines.of(peer, message));
  }

  /**
   * Tells the service alone that this session takes requests: Openfire routes none to a session
   * that has sent it no presence, and the owner may announce later or never.
   */
  void greetService() {
    send(Presences.greeting(service));
  }

  void announce(Announcement announcement) {
    send(Presences.of(announcement));
  }

  /** Sends a last presence and closes the stream in order; blocks for up to 2 s. */
  void leave(String reason) {
    connection.setReplyTimeout(PARTING_WITHIN.toMillis());
    try {
      connection.disconnect(Presences.leaving(reason));
    } catch (NotConnectedException e) {
      LogLines.LINK.debug("{} was cut before it could leave", connection.getUser());
    }
  }

  /** Ends it at once and waits for its threads; what was asked fails. */
  void cut() {
    ended = true;
    requests.failAll("the connection was cut");
    rooms.failAll("the connection was cut");
    stream.cut();
    self = Optional.empty();
  }

  private CompletableFuture<IQ> request(IQ question, Executor completeOn) {
    String id = question.getStanzaId();
    CompletableFuture<IQ> answer = requests.expect(id, question.getTo(), completeOn);
    try {
      send(question);
    } catch (LinkException e) {
      requests.fail(id, e.getMessage());
    }
    return answer;
  }

  private Ping ping(Jid to) {
    IqData envelope = StanzaBuilder.buildIqData(requests.nextId());
    return new Ping(envelope, to);
  }

  /** On the reader's thread, in the order of the stream. */
  private boolean take(Stanza stanza) {
    lastHeard = ticker.getAsLong();
    requests.heard();
    if (stanza instanceof IQ iq) {
      if (iq instanceof PayloadIq question && iq.isRequestIQ()) {
        events.asked(this, question);
        return true;
      }
      if (iq instanceof UnparsedIQ && iq.isRequestIQ()) {
        // Smack's own answer echoes the element without closing its tag, which ends our stream.
        events.puzzled(this, iq);
        return true;
      }
      return !iq.isRequestIQ() && requests.answered(iq);
    }
    return rooms.take(stanza) || (stanza instanceof Message message && takeMessage(message));
  }

  private boolean takeMessage(Message message) {
    if (!service.equals(message.getFrom())) {
      return takeWarning(message) || takeChat(message);
    }
    message.getExtensions().stream()
        .filter(PayloadExtension.class::isInstance)
        .map(PayloadExtension.class::cast)
        .map(PayloadExtension::read)
        .forEach(this::tell);
    return true;
  }

  private boolean takeWarning(Message message) {
    Optional<BareJid> from = account(message.getFrom());
    Optional<PayloadExtension> warning = Headlines.warning(message);
    if (from.isEmpty() || warning.isEmpty()) {
      return false;
    }
    warning
        .get()
        .read()
        .fault()
        .ifPresentOrElse(
            fault -> LogLines.LINK.warn("{} skipped a warning: {}", name(), fault),
            () -> events.warned(this, from.get(), warning.get().read().payload()));
    return true;
  }

  /** Whose account of this domain it is. */
  private Optional<BareJid> account(Jid from) {
    return from != null && from.hasLocalpart() && domain.equals(from.asDomainBareJid())
        ? Optional.of(BareJid.parse(from.asBareJid().toString()))
        : Optional.empty();
  }

  private boolean takeChat(Message message) {
    boolean spoken =
        message.getBody() != null
            && (message.getType() == Message.Type.chat || message.getType() == Message.Type.normal);
    Optional<BareJid> from = account(message.getFrom()).filter(person -> spoken);
    from.ifPresent(person -> events.said(this, person, message.getBody()));
    return from.isPresent();
  }

  private void tell(ReadPayload message) {
    message
        .fault()
        .ifPresentOrElse(
            fault -> LogLines.LINK.warn("{} skipped a message: {}", name(), fault),
            () -> events.told(this, message.payload()));
  }

  private static Payload payloadOf(IQ answer, Wire asked) {
    throwIfError(answer);
    if (!(answer instanceof PayloadIq ours)) {
      return Payload.empty(asked);
    }
    try {
      return ours.read().require();
    } catch (Refused e) {
      throw new LinkException("an answer that cannot be read: " + e.refusal().text(), e);
    }
  }

  private static void throwIfError(IQ answer) {
    if (answer.getType() == IQ.Type.error) {
      throw StanzaErrors.read(answer.getError());
    }
  }
}
