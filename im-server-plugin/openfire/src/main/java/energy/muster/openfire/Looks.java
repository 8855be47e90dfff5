// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Show;
import energy.muster.presence.StatusText;
import energy.muster.service.Sight;
import energy.muster.service.Viewers;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Shows devices, as contacts and in words, to accounts that hold a look-grant for them. */
final class Looks implements Viewers {
  private final Sight sight;
  private final Consumer<Packet> send;
  private final Contacts contacts;
  private final Executor sender;
  private final InstantSource clock;

  /**
   * @param sender runs the sending, in order
   */
  Looks(
      Sight sight, Consumer<Packet> send, Contacts contacts, Executor sender, InstantSource clock) {
    this.sight = sight;
    this.send = send;
    this.contacts = contacts;
    this.sender = sender;
    this.clock = clock;
  }

  /** A viewer asked to see a device under a grant; without one, nothing comes of it. */
  void subscribed(BareJid viewer, BareJid device) {
    sight.look(viewer, device).ifPresent(seen -> later(() -> accept(viewer, seen)));
  }

  /** A session came: what the server's own probes found is replaced by what the service knows. */
  void arrived(FullJid session) {
    later(
        () -> {
          for (Contact contact : sight.looks(session.bare())) {
            send.accept(presence(Jids.of(session), contact));
          }
        });
  }

  @Override
  public void showChanged(BareJid viewer, Contact device) {
    later(
        () -> {
          if (contacts.asked(Jids.of(viewer), Jids.of(device.device()))) {
            // It was asked for before there was a grant.
            accept(viewer, device);
          } else {
            send.accept(presence(Jids.of(viewer), device));
          }
        });
  }

  @Override
  public void lookEnded(BareJid viewer, BareJid device) {
    later(
        () -> {
          send.accept(bare(Presence.Type.unavailable, Jids.of(viewer), device));
          send.accept(bare(Presence.Type.unsubscribed, Jids.of(viewer), device));
          contacts.push(Jids.of(viewer), Jids.of(device));
        });
  }

  private void accept(BareJid viewer, Contact contact) {
    send.accept(bare(Presence.Type.subscribed, Jids.of(viewer), contact.device()));
    send.accept(presence(Jids.of(viewer), contact));
  }

  private void later(Edge.Step step) {
    sender.execute(() -> Edge.quietly("showing a device", step));
  }

  private static Presence bare(Presence.Type type, JID to, BareJid from) {
    Presence presence = new Presence(type);
    presence.setTo(to);
    presence.setFrom(Jids.of(from));
    return presence;
  }

  private Presence presence(JID to, Contact contact) {
    Presence presence =
        contact.certainty().reachable() ? new Presence() : new Presence(Presence.Type.unavailable);
    presence.setTo(to);
    presence.setFrom(Jids.of(contact.device()));
    if (contact.certainty().reachable()) {
      Show show = contact.presence().map(DevicePresence::show).orElse(Show.AVAILABLE);
      if (show != Show.AVAILABLE) {
        presence.setShow(show == Show.AWAY ? Presence.Show.away : Presence.Show.dnd);
      }
      contact
          .presence()
          .flatMap(DevicePresence::location)
          .ifPresent(place -> Geoloc.write(place, presence.getElement()));
      Disco.describe(presence);
    }
    presence.setStatus(words(contact));
    return presence;
  }

  private String words(Contact contact) {
    String state =
        contact
            .presence()
            .map(presence -> StatusText.of(presence, ZoneId.systemDefault(), clock.instant()))
            .orElse("no word yet");
    return contact.certainty().reachable() ? state : "gone; last: " + state;
  }

  /** Answers a chat message; nothing said here acts. */
  void chat(Message message, Optional<BareJid> addressed) {
    Optional<BareJid> viewer = Jids.bare(message.getFrom());
    if (viewer.isEmpty()
        || message.getBody() == null
        || message.getType() == Message.Type.error
        || message.getType() == Message.Type.headline) {
      return;
    }
    Message answer = new Message();
    answer.setType(message.getType());
    answer.setThread(message.getThread());
    answer.setTo(message.getFrom());
    answer.setFrom(message.getTo());
    answer.setBody(say(viewer.get(), addressed, message.getBody().strip()));
    later(() -> send.accept(answer));
  }

  String say(BareJid viewer, Optional<BareJid> addressed, String line) {
    String[] words = line.toLowerCase(Locale.ROOT).split("\\s+", 2);
    if (!words[0].equals("status")) {
      return "Nothing said here acts: orders are signed with a key. You can ask: status"
          + (addressed.isPresent() ? "" : " DEVICE");
    }
    Optional<Contact> seen =
        words.length == 1
            ? addressed.flatMap(device -> sight.look(viewer, device))
            : sight.looks(viewer).stream()
                .filter(contact -> called(contact.device(), words[1]))
                .findFirst();
    return seen.map(this::report)
        .orElse(
            words.length == 1
                ? "Which device? Try: status DEVICE"
                : "There is no " + words[1] + " that you may look at.");
  }

  private static boolean called(BareJid device, String name) {
    return device.local().equals(name) || device.toString().equals(name);
  }

  private String report(Contact contact) {
    long seconds = Math.max(0, Duration.between(contact.heard(), clock.instant()).toSeconds());
    String gone =
        contact
            .absence()
            .map(absence -> (absence.fault() ? "; fault: " : "; away: ") + absence.reason())
            .orElse("");
    return "%s: %s (%s, heard %d s ago%s)"
        .formatted(
            contact.device().local(), words(contact), contact.certainty().wire(), seconds, gone);
  }
}
