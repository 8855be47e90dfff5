// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import energy.muster.scenario.PlainClient;
import energy.muster.stage.Stage;
import java.util.Locale;
import java.util.Optional;

/**
 * What any client can send about or to an account to learn whether there is one. In the stanza, ID
 * stands for its id, NAME for the account's bare address, LOCAL for what is before the @, UPPER for
 * the address in capitals, SELF for whoever asks, ROOM for a room of theirs.
 */
enum Probe {
  PRESENCE_PROBE("<presence id='ID' to='NAME' type='probe'/>"),
  DIRECTED_PRESENCE("<presence id='ID' to='NAME'/>"),
  DIRECTED_PRESENCE_FULL("<presence id='ID' to='NAME/any'/>"),
  DIRECTED_UNAVAILABLE("<presence id='ID' to='NAME' type='unavailable'/>"),
  DIRECTED_UNAVAILABLE_FULL("<presence id='ID' to='NAME/any' type='unavailable'/>"),
  PRESENCE_ERROR("<presence id='ID' to='NAME' type='error'/>"),
  DISCO_INFO(get("NAME", "query", "http://jabber.org/protocol/disco#info")),
  DISCO_INFO_FULL(get("NAME/any", "query", "http://jabber.org/protocol/disco#info")),
  DISCO_ITEMS(get("NAME", "query", "http://jabber.org/protocol/disco#items")),
  VCARD(get("NAME", "vCard", "vcard-temp")),
  LAST_ACTIVITY(get("NAME", "query", "jabber:iq:last")),
  LAST_ACTIVITY_FULL(get("NAME/any", "query", "jabber:iq:last")),
  VERSION(get("NAME", "query", "jabber:iq:version")),
  VERSION_FULL(get("NAME/any", "query", "jabber:iq:version")),
  TIME_FULL(get("NAME/any", "time", "urn:xmpp:time")),
  PING(get("NAME", "ping", "urn:xmpp:ping")),
  PING_FULL(get("NAME/any", "ping", "urn:xmpp:ping")),
  PUBSUB_ITEMS(
      "<iq type='get' id='ID' to='NAME'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
          + "<items node='urn:muster:presence:1'/></pubsub></iq>"),
  PUBSUB_SUBSCRIBE(
      "<iq type='set' id='ID' to='NAME'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
          + "<subscribe node='urn:muster:presence:1' jid='SELF'/></pubsub></iq>"),
  DELIVER(
      "<iq type='set' id='ID' to='NAME'><deliver xmlns='urn:muster:command:1'>"
          + "<json xmlns='urn:xmpp:json:0'>{\"verb\":\"shed\"}</json></deliver></iq>"),
  DELIVER_FULL(
      "<iq type='set' id='ID' to='NAME/any'><deliver xmlns='urn:muster:command:1'>"
          + "<json xmlns='urn:xmpp:json:0'>{\"verb\":\"shed\"}</json></deliver></iq>"),
  RESULT("<iq type='result' id='ID' to='NAME'/>"),
  RESULT_FULL("<iq type='result' id='ID' to='NAME/any'/>"),
  EMPTY_REQUEST("<iq type='get' id='ID' to='NAME'/>"),
  UPPER_CASE("<iq type='get' id='ID' to='UPPER'><ping xmlns='urn:xmpp:ping'/></iq>"),
  CHAT("<message type='chat' id='ID' to='NAME'><body>status</body></message>"),
  CHAT_FULL("<message type='chat' id='ID' to='NAME/any'><body>status</body></message>"),
  MESSAGE("<message id='ID' to='NAME'><body>status</body></message>"),
  HEADLINE("<message type='headline' id='ID' to='NAME'><body>status</body></message>"),
  ERROR("<message type='error' id='ID' to='NAME'><body>status</body></message>"),
  GROUPCHAT("<message type='groupchat' id='ID' to='NAME/any'><body>status</body></message>"),
  RECEIPT_ASKED(
      "<message id='ID' to='NAME'><body>status</body><request xmlns='urn:xmpp:receipts'/></message>"),
  RECEIPT(
      "<message id='ID' to='NAME/any'><received xmlns='urn:xmpp:receipts' id='any'/></message>"),
  CHAT_STATE(
      "<message type='chat' id='ID' to='NAME'>"
          + "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>"),
  SEVERAL(
      "<message id='ID' to='DOMAIN'><addresses xmlns='http://jabber.org/protocol/address'>"
          + "<address type='to' jid='NAME'/></addresses><body>status</body></message>"),
  ROOM_INVITATION(
      "<message id='ID' to='ROOM'><x xmlns='http://jabber.org/protocol/muc#user'>"
          + "<invite to='NAME'/></x></message>"),
  ROOM_MEMBER(
      "<iq type='set' id='ID' to='ROOM'><query xmlns='http://jabber.org/protocol/muc#admin'>"
          + "<item affiliation='member' jid='NAME'/></query></iq>"),
  PUBSUB_OF_ANOTHER(
      "<iq type='set' id='ID' to='pubsub.DOMAIN'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
          + "<subscribe node='any' jid='NAME'/></pubsub></iq>"),
  PUBSUB_AFFILIATION(
      "<iq type='set' id='ID' to='pubsub.DOMAIN'>"
          + "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><affiliations node='any'>"
          + "<affiliation jid='NAME' affiliation='member'/></affiliations></pubsub></iq>"),
  WARNING(
      "<message type='headline' id='ID' to='NAME'><warning xmlns='urn:muster:warning:1'/></message>"),
  ROSTER_OF_ANOTHER(get("NAME", "query", "jabber:iq:roster")),
  SEARCH(
      "<iq type='set' id='ID' to='DOMAIN'><query xmlns='jabber:iq:search'>"
          + "<nick>LOCAL</nick></query></iq>"),
  ITEMS_OF_THE_SERVER(
      "<iq type='get' id='ID' to='DOMAIN'>"
          + "<query xmlns='http://jabber.org/protocol/disco#items' node='NAME'/></iq>"),
  DIRECT_INVITATION(
      "<message id='ID' to='NAME'><x xmlns='jabber:x:conference' jid='ROOM'/></message>"),
  SUBSCRIBE("<presence id='ID' to='NAME' type='subscribe'/>", Probe.REMOVE),
  UNSUBSCRIBE("<presence id='ID' to='NAME' type='unsubscribe'/>", Probe.REMOVE),
  SUBSCRIBED("<presence id='ID' to='NAME' type='subscribed'/>", Probe.REMOVE),
  UNSUBSCRIBED("<presence id='ID' to='NAME' type='unsubscribed'/>", Probe.REMOVE),
  ROSTER_ENTRY(
      "<iq type='set' id='ID'><query xmlns='jabber:iq:roster'><item jid='NAME'/></query></iq>",
      Probe.REMOVE),
  PRIVACY_LIST(
      "<iq type='set' id='ID'><query xmlns='jabber:iq:privacy'><list name='any'>"
          + "<item type='jid' value='NAME' action='deny' order='1'/></list></query></iq>"),
  REGISTER(
      "<iq type='set' id='ID'><query xmlns='jabber:iq:register'>"
          + "<username>LOCAL</username><password>any</password></query></iq>"),
  LOGIN_FIELDS(
      "<iq type='get' id='ID'><query xmlns='jabber:iq:auth'><username>LOCAL</username></query></iq>"),
  THROUGH_THE_SERVICE(
      "<iq type='get' id='ID' to='LOCAL@muster.DOMAIN'><ping xmlns='urn:xmpp:ping'/></iq>"),
  SERVICE_IN_WORDS(
      "<message type='chat' id='ID' to='muster.DOMAIN'><body>status LOCAL</body></message>"),
  BLOCK("<iq type='set' id='ID'><block xmlns='urn:xmpp:blocking'><item jid='NAME'/></block></iq>");

  /** Takes the name out of one's own roster. */
  static final String REMOVE =
      "<iq type='set' id='ID'><query xmlns='jabber:iq:roster'>"
          + "<item jid='NAME' subscription='remove'/></query></iq>";

  private final String stanza;
  private final Optional<String> undo;

  Probe(String stanza) {
    this.stanza = stanza;
    this.undo = Optional.empty();
  }

  Probe(String stanza, String undo) {
    this.stanza = stanza;
    this.undo = Optional.of(undo);
  }

  private static String get(String to, String element, String namespace) {
    return "<iq type='get' id='ID' to='"
        + to
        + "'><"
        + element
        + " xmlns='"
        + namespace
        + "'/></iq>";
  }

  boolean needsARoom() {
    return stanza.contains("to='ROOM'");
  }

  /** For whoever asks. */
  Approach by(String self, String room) {
    return new Approach(
        name().toLowerCase(Locale.ROOT).replace('_', ' '),
        (id, account) -> fill(stanza, id, account, self, room),
        undo.map(text -> (id, account) -> fill(text, id, account, self, room)));
  }

  private static String fill(String text, String id, String account, String self, String room) {
    return text.replace("ID", id)
        .replace("NAME", PlainClient.jid(account))
        .replace("UPPER", account.toUpperCase(Locale.ROOT) + "@" + Stage.DOMAIN)
        .replace("LOCAL", account)
        .replace("ROOM", room)
        .replace("DOMAIN", Stage.DOMAIN)
        .replace("SELF", self);
  }
}
