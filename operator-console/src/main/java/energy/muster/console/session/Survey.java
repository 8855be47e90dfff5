// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Line;
import energy.muster.console.language.Selection;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import energy.muster.presence.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Who is there and how they are, by what was last heard; asks nobody. */
final class Survey {
  private final Mirror mirror;
  private final Incoming incoming;
  private final Revocations revocations;
  private final InstantSource clock;
  private final Consumer<Event> events;

  Survey(
      Mirror mirror,
      Incoming incoming,
      Revocations revocations,
      InstantSource clock,
      Consumer<Event> events) {
    this.mirror = mirror;
    this.incoming = incoming;
    this.revocations = revocations;
    this.clock = clock;
    this.events = events;
  }

  LineResult who(Line.Who who) {
    List<Contact> contacts =
        who.selection() instanceof Selection.Matching matching
            ? mirror.matching(matching)
            : known(mirror.resolve(who.selection()));
    events.accept(new Event.Listed(clock.instant(), contacts));
    if (!incoming.scope().equals(Scope.ALL)) {
      say(
          "of what the view is about, "
              + Outlook.words(incoming.scope())
              + "; view everything widens it");
    }
    sayHowGoodThisIs();
    if (revocations.stale()) {
      say("no current revocation list: a revoked key would still be believed here");
    }
    return new LineResult.Done(true);
  }

  LineResult status(Line.Status status) {
    List<BareJid> devices = mirror.resolve(status.selection());
    List<Contact> contacts = known(devices);
    contacts.forEach(contact -> events.accept(new Event.Shown(clock.instant(), contact)));
    if (contacts.size() < devices.size()) {
      say("the rest is not known here; ask with status … now");
    }
    sayHowGoodThisIs();
    return new LineResult.Done(contacts.size() == devices.size());
  }

  LineResult follow(Line.Follow follow) {
    List<BareJid> devices = mirror.resolve(follow.devices());
    devices.forEach(device -> incoming.follow(device, follow.on()));
    String names = String.join(", ", devices.stream().map(BareJid::local).toList());
    say((follow.on() ? "following " : "no longer following ") + names);
    return new LineResult.Done(true);
  }

  private List<Contact> known(List<BareJid> devices) {
    return devices.stream().map(mirror::contact).flatMap(Optional::stream).toList();
  }

  private void sayHowGoodThisIs() {
    if (!incoming.proven()) {
      say("not connected: this is as it was when the connection was lost");
    } else if (!incoming.current()) {
      say("not up to date: the service has not yet said what changed meanwhile");
    }
  }

  private void say(String text) {
    events.accept(new Event.Said(clock.instant(), text));
  }
}
