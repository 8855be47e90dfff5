// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.presence.Location;
import java.util.Date;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.last_interaction.element.IdleElement;
import org.jxmpp.jid.Jid;

/** Announcements as RFC 6121 presence. */
final class Presences {
  private Presences() {}

  static Presence of(Announcement announcement) {
    PresenceBuilder presence =
        StanzaBuilder.buildPresence()
            .ofType(Presence.Type.available)
            .setStatus(XmlText.ofText(announcement.status()));
    switch (announcement.show()) {
      case AVAILABLE -> presence.setMode(Presence.Mode.available);
      case AWAY -> presence.setMode(Presence.Mode.away);
      case DND -> presence.setMode(Presence.Mode.dnd);
    }
    announcement
        .idle()
        .map(since -> new IdleElement(Date.from(since)))
        .ifPresent(presence::addExtension);
    announcement.location().map(Presences::geoloc).ifPresent(presence::addExtension);
    announcement.element().map(PayloadExtension::of).ifPresent(presence::addExtension);
    return presence.build();
  }

  private static StandardExtensionElement geoloc(Location location) {
    StandardExtensionElement.Builder element =
        StandardExtensionElement.builder(Location.ELEMENT, Location.NAMESPACE)
            .addElement("lat", location.latitude().toPlainString())
            .addElement("lon", location.longitude().toPlainString());
    location.accuracy().ifPresent(metres -> element.addElement("accuracy", metres.toPlainString()));
    if (!location.description().isEmpty()) {
      element.addElement("description", XmlText.ofText(location.description()));
    }
    return element.build();
  }

  /** RFC 6121 4.6: directed, seen by nobody else. */
  static Presence greeting(Jid service) {
    return StanzaBuilder.buildPresence().ofType(Presence.Type.available).to(service).build();
  }

  static Presence leaving(String reason) {
    return StanzaBuilder.buildPresence()
        .ofType(Presence.Type.unavailable)
        .setStatus(XmlText.ofText(reason))
        .build();
  }
}
