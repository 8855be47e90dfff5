// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.command.Verb;
import energy.muster.console.session.Event;
import energy.muster.console.session.OrderRecord;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.presence.Certainty;
import energy.muster.presence.Colleague;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Quantity;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Devices and orders in columns. */
final class Tables {
  /** So few verbs that are not taken are named instead of all that are. */
  private static final int FEW = 3;

  private static final int NAME_WIDTH = 10;
  private static final int VERB_WIDTH = 11;
  private static final int TIME_WIDTH = 10;
  private static final int KIND_WIDTH = 10;
  private static final int AVAILABILITY_WIDTH = 27;

  private final Lines lines;
  private final Paint paint;
  private final Speech speech;
  private final Screen screen;

  Tables(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
    this.speech = lines.speech();
    this.screen = lines.screen();
  }

  void listed(Event.Listed listed) {
    int width =
        listed.contacts().stream()
            .mapToInt(contact -> contact.device().local().length() + 2)
            .max()
            .orElse(NAME_WIDTH);
    for (Contact contact : listed.contacts()) {
      screen.print(
          Speech.padded(contact.device().local(), width)
              + Speech.padded(kind(contact), KIND_WIDTH)
              + coloured(contact, Speech.padded(contact.availability().words(), AVAILABILITY_WIDTH))
              + speech.contact(contact, listed.at()));
    }
    int count = listed.contacts().size();
    screen.print(count == 0 ? "nobody" : paint.quiet(count(count, "device")));
  }

  void shown(Event.Shown known) {
    Contact contact = known.contact();
    screen.print(
        TextFace.name(contact.device())
            + coloured(contact, contact.availability().words())
            + ": "
            + speech.contact(contact, known.at()));
    lines.detail(
        contact.certainty().wire()
            + ", heard "
            + ago(known)
            + speech.time(contact.heard(), known.at())
            + since(contact)
            + "; "
            + contact.areas().stream()
                .map(Area::name)
                // Its own name, as a certificate writes it, is said already.
                .filter(area -> !area.startsWith("device:"))
                .sorted()
                .collect(Collectors.joining(", ")));
    contact
        .presence()
        .flatMap(DevicePresence::firmware)
        .ifPresent(firmware -> lines.detail(Speech.clean(Speech.firmware(firmware))));
    contact
        .difference()
        .ifPresent(
            one ->
                lines.detail(
                    paint.doubtful(
                        "difference: came back "
                            + Speech.clean(one.found())
                            + " at "
                            + speech.time(one.at(), known.at())
                            + ", and was believed to be "
                            + Speech.clean(one.believed())
                            + " when last heard at "
                            + speech.time(one.known(), known.at()))));
    contact
        .presence()
        .map(DevicePresence::settings)
        .ifPresent(settings -> settings.ifPresent(rev -> lines.detail("settings revision " + rev)));
    contact
        .presence()
        .flatMap(DevicePresence::restriction)
        .ifPresent(
            restriction ->
                lines.detail(
                    "restricted: "
                        + restriction.reason().wire()
                        + restriction
                            .until()
                            .map(until -> " until " + speech.time(until, known.at()))
                            .orElse("")
                        + restriction.by().map(by -> ", set by " + by.local()).orElse("")
                        + "; still takes "
                        + takes(restriction.allows())
                        + restriction.envelope().map(most -> ", up to " + most).orElse("")
                        + restriction.ramp().map(most -> ", by at most " + most).orElse("")
                        + (restriction.overdue(known.at())
                            ? "; its end is over and not confirmed"
                            : "")));
    contact.presence().ifPresent(this::promised);
    contact
        .flapping()
        .ifPresent(
            flaps ->
                lines.detail(
                    "comes and goes: lost "
                        + flaps.losses()
                        + " times, flapping since "
                        + speech.time(flaps.since(), known.at())));
  }

  /** Whichever is the shorter to say. */
  static String takes(Set<Verb> allows) {
    Set<Verb> not = EnumSet.allOf(Verb.class);
    not.removeAll(allows);
    return not.isEmpty()
        ? "everything"
        : not.size() <= FEW ? "everything but " + named(not) : named(allows);
  }

  private static String named(Set<Verb> verbs) {
    return verbs.isEmpty()
        ? "nothing"
        : verbs.stream().sorted().map(Verb::wire).collect(Collectors.joining(", "));
  }

  private void promised(DevicePresence presence) {
    presence
        .quantity(Quantity.SHEDDABLE)
        .ifPresent(power -> lines.detail("can shed " + power.toPlainString() + " kW"));
    presence
        .quantity(Quantity.CAPACITY)
        .ifPresent(power -> lines.detail("capacity " + power.toPlainString() + " kW"));
    presence.location().ifPresent(place -> lines.detail("at " + Speech.clean(place.toString())));
    lines.detail(
        "revision "
            + presence.revision()
            + ", lease "
            + presence.lease().toSeconds()
            + " s"
            + presence.grace().map(grace -> ", grace " + grace.toSeconds() + " s").orElse(""));
  }

  private static String ago(Event.Shown known) {
    long seconds = Duration.between(known.contact().heard(), known.at()).toSeconds();
    return seconds < 0 ? "" : seconds + " s ago, at ";
  }

  /** Renewing a lease is not told, and real says that it was renewed. */
  private static String since(Contact contact) {
    return contact.certainty() == Certainty.REAL
        ? contact
            .presence()
            .map(presence -> " or since, its lease is " + presence.lease().toSeconds() + " s")
            .orElse(" or since")
        : "";
  }

  void people(Event.Staffed staffed) {
    for (Colleague person : staffed.people()) {
      screen.print(
          Speech.padded(person.person().local(), NAME_WIDTH)
              + Speech.padded(person.duty().words(), AVAILABILITY_WIDTH)
              + speech.colleague(person, staffed.at()));
    }
    int number = staffed.people().size();
    screen.print(
        number == 0 ? "nobody" : paint.quiet(number + (number == 1 ? " person" : " people")));
  }

  void orders(Event.Orders orders) {
    for (OrderRecord order : orders.orders()) {
      String states =
          order.goal().map(goal -> goal.words() + ": ").orElse("")
              + order.counts().entrySet().stream()
                  .map(entry -> entry.getValue() + " " + entry.getKey())
                  .collect(Collectors.joining(", "));
      List<BareJid> devices = List.copyOf(order.deliveries().keySet());
      screen.print(
          Speech.padded(order.id().brief(), 8)
              + Speech.padded(
                  order.issuedAt().map(at -> speech.time(at, orders.at())).orElse(""), TIME_WIDTH)
              + Speech.padded(order.verb().map(Speech::clean).orElse(""), VERB_WIDTH)
              + Speech.padded(states, 24)
              + (states.length() < 24 ? "" : " ")
              + TextFace.names(devices));
    }
    screen.print(paint.quiet(count(orders.orders().size(), "order")));
  }

  String coloured(Contact contact, String text) {
    if (contact.fault()) {
      return paint.bad(text);
    }
    return switch (contact.availability()) {
      case UNAVAILABLE, AVAILABLE_NOT_ON -> paint.quiet(text);
      case AVAILABLE_RESTRICTED -> paint.doubtful(text);
      case AVAILABLE, AVAILABLE_ON -> paint.good(text);
    };
  }

  private static String kind(Contact contact) {
    return contact.presence().map(DevicePresence::kind).map(DeviceKind::wire).orElse("?");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
