// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.delay.packet.DelayInformation;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/**
 * One session's part in rooms, as far as XEP-0045 is needed for it. An account has its own name in
 * every room, so what comes under that name is about this session.
 */
final class RoomTalk implements Rooms {
  private static final String JOIN = "http://jabber.org/protocol/muc";

  /** Hears, on the reader's thread, what rooms say. */
  interface Ear {
    void heard(RoomLine line);

    void expelled(String room);
  }

  private final DomainBareJid service;
  private final String nick;
  private final Supplier<String> ids;
  private final Consumer<Stanza> send;
  private final Function<IQ, CompletableFuture<IQ>> ask;
  private final Ear ear;
  private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  /**
   * @param ids makes ids of stanzas
   * @param ask asks and completes on the reader's thread
   */
  RoomTalk(
      BareJid account,
      Supplier<String> ids,
      Consumer<Stanza> send,
      Function<IQ, CompletableFuture<IQ>> ask,
      Ear ear) {
    this.service =
        JidCreate.domainBareFromOrThrowUnchecked(Wire.ROOMS_LABEL + "." + account.domain());
    this.nick = account.local();
    this.ids = ids;
    this.send = send;
    this.ask = ask;
    this.ear = ear;
  }

  @Override
  public CompletableFuture<List<String>> open() {
    DiscoverItems question = new DiscoverItems();
    question.setTo(service);
    question.setStanzaId(ids.get());
    return ask.apply(question)
        .thenApply(
            answer -> {
              if (answer.getError() != null) {
                throw no(answer.getError());
              }
              return answer instanceof DiscoverItems items ? names(items) : List.<String>of();
            });
  }

  private static List<String> names(DiscoverItems items) {
    return items.getItems().stream()
        .map(DiscoverItems.Item::getEntityID)
        .filter(Jid::hasLocalpart)
        .map(jid -> jid.getLocalpartOrThrow().toString())
        .sorted()
        .toList();
  }

  @Override
  public CompletableFuture<Void> enter(String room, Optional<Duration> past) {
    StandardExtensionElement.Builder join = StandardExtensionElement.builder("x", JOIN);
    past.map(
            ago ->
                StandardExtensionElement.builder("history", JOIN)
                    .addAttribute("seconds", Long.toString(ago.toSeconds() + 1))
                    .build())
        .ifPresent(join::addElement);
    return presence(room, Presence.Type.available, presence -> presence.addExtension(join.build()));
  }

  @Override
  public CompletableFuture<Void> leave(String room) {
    return presence(room, Presence.Type.unavailable, presence -> {});
  }

  private CompletableFuture<Void> presence(
      String room, Presence.Type type, Consumer<PresenceBuilder> more) {
    return address(room)
        .map(
            bare -> {
              PresenceBuilder presence =
                  StanzaBuilder.buildPresence(ids.get())
                      .to(JidCreate.fullFromOrThrowUnchecked(bare + "/" + nick))
                      .ofType(type);
              more.accept(presence);
              return expect(type + " " + bare, presence.build());
            })
        .orElseGet(RoomTalk::nowhere);
  }

  @Override
  public CompletableFuture<Void> say(String room, String text) {
    String id = ids.get();
    return address(room)
        .map(
            bare ->
                expect(
                    id,
                    StanzaBuilder.buildMessage(id)
                        .to(bare)
                        .ofType(Message.Type.groupchat)
                        .setBody(XmlText.ofText(text))
                        .build()))
        .orElseGet(RoomTalk::nowhere);
  }

  /** A name that cannot be a room's is one of none. */
  private Optional<EntityBareJid> address(String room) {
    return Optional.ofNullable(JidCreate.entityBareFromOrNull(room + "@" + service));
  }

  private static CompletableFuture<Void> nowhere() {
    return CompletableFuture.failedFuture(new Refused(Reason.UNKNOWN, "there is no such room"));
  }

  private CompletableFuture<Void> expect(String key, Stanza stanza) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    waiting.put(key, done);
    try {
      send.accept(stanza);
    } catch (LinkException e) {
      waiting.remove(key);
      done.completeExceptionally(e);
    }
    return done;
  }

  /** Takes what comes from a room; whether it did. */
  boolean take(Stanza stanza) {
    Jid from = stanza.getFrom();
    boolean ours = from != null && from.hasLocalpart() && service.equals(from.asDomainBareJid());
    if (ours && stanza instanceof Presence presence) {
      presence(presence, from);
    } else if (ours && stanza instanceof Message message) {
      message(message, from);
    }
    return ours && !(stanza instanceof IQ);
  }

  private void presence(Presence presence, Jid from) {
    String room = from.asBareJid().toString();
    if (presence.getType() == Presence.Type.error) {
      fail(Presence.Type.available + " " + room, presence.getError());
      fail(Presence.Type.unavailable + " " + room, presence.getError());
    } else if (own(from)) {
      boolean asked = done(presence.getType() + " " + room);
      if (!asked && presence.getType() == Presence.Type.unavailable) {
        ear.expelled(name(from));
      }
    }
  }

  private void message(Message message, Jid from) {
    String id = String.valueOf(message.getStanzaId());
    if (message.getType() == Message.Type.error) {
      fail(id, message.getError());
    } else if (message.getType() == Message.Type.groupchat && message.getBody() != null) {
      Optional<String> speaker =
          Optional.ofNullable(from.getResourceOrNull()).map(resource -> resource.toString());
      ear.heard(
          new RoomLine(
              name(from),
              speaker,
              message.getBody(),
              Optional.ofNullable(DelayInformation.from(message))
                  .map(delay -> delay.getStamp().toInstant())));
      if (own(from)) {
        done(id);
      }
    }
  }

  private boolean own(Jid from) {
    return from.getResourceOrNull() != null && from.getResourceOrNull().toString().equals(nick);
  }

  private static String name(Jid room) {
    return room.getLocalpartOrThrow().toString();
  }

  private boolean done(String key) {
    CompletableFuture<Void> asked = waiting.remove(key);
    return asked != null && asked.complete(null);
  }

  private void fail(String key, StanzaError error) {
    CompletableFuture<Void> asked = waiting.remove(key);
    if (asked != null) {
      asked.completeExceptionally(no(error));
    }
  }

  private static RuntimeException no(StanzaError error) {
    String text = Optional.ofNullable(error.getDescriptiveText()).orElse("");
    return switch (error.getCondition()) {
      case item_not_found -> new Refused(Reason.UNKNOWN, "there is no such room");
      case not_acceptable -> new Refused(Reason.PRECONDITION, text);
      case resource_constraint -> new Refused(Reason.RATE_LIMITED, text);
      default -> StanzaErrors.read(error);
    };
  }

  /** The session is over. */
  void failAll(String why) {
    waiting
        .keySet()
        .forEach(
            key ->
                Optional.ofNullable(waiting.remove(key))
                    .ifPresent(asked -> asked.completeExceptionally(new LinkException(why))));
  }
}
