// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.command.Instruction;
import energy.muster.console.session.Event;
import energy.muster.identity.BareJid;
import energy.muster.link.LinkState;
import energy.muster.presence.Contact;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A conversation in lines of text. */
public final class TextFace implements Face {
  private static final int NAME_WIDTH = 10;
  static final int STATE_WIDTH = 9;

  private static final Pattern DOWNLOADED = Pattern.compile("( downloading), \\d+ %");

  private final Map<BareJid, String> said = new HashMap<>();
  private final Paint paint;
  private final Speech speech;
  private final Screen screen;
  private final Lines lines;
  private final Tables tables;
  private final OrderLines orders;
  private final GoalLines goals;
  private final OrderPage page;
  private final AlarmLines alarms;
  private final MeterLines meters;
  private final PriceLines prices;
  private final FirmwareLines firmware;
  private LinkState shown = LinkState.CONNECTING;

  /** Writes each line or block of lines to {@code screen}, without its last line break. */
  public TextFace(Paint paint, ZoneId zone, Screen screen) {
    this.paint = paint;
    this.speech = new Speech(zone);
    this.screen = screen;
    this.lines = new Lines(paint, speech, screen);
    this.tables = new Tables(lines);
    this.orders = new OrderLines(lines);
    this.goals = new GoalLines(lines);
    this.page = new OrderPage(lines);
    this.alarms = new AlarmLines(lines);
    this.meters = new MeterLines(lines);
    this.prices = new PriceLines(lines);
    this.firmware = new FirmwareLines(lines);
  }

  @Override
  public void echo(String prompt, String line) {
    screen.print(paint.strong(prompt) + line);
  }

  @Override
  public synchronized void show(Event event) {
    if (orders.show(event)
        || goals.show(event)
        || alarms.show(event)
        || meters.show(event)
        || prices.show(event)
        || firmware.show(event)) {
      return;
    }
    if (event instanceof Event.Listed listed) {
      tables.listed(listed);
    } else if (event instanceof Event.Shown known) {
      tables.shown(known);
    } else if (event instanceof Event.Reliability reliability) {
      new ReliabilityTable(paint, speech, screen).show(reliability);
    } else if (event instanceof Event.Addressed addressed) {
      lines.stamped(
          addressed.at(),
          Speech.instruction(addressed.instruction())
              + (addressed.instruction() instanceof Instruction.SetTariff ? ", for " : " ")
              + addressed.devices().size()
              + (addressed.devices().size() == 1 ? " device" : " devices")
              + addressed.power().map(power -> ", " + power).orElse("")
              + ": "
              + names(addressed.devices())
              + addressed.when().map(when -> "; each only if " + when.words()).orElse(""));
    } else if (event instanceof Event.Declined declined) {
      lines.stamped(
          declined.at(),
          paint.bad("refused by the service: " + declined.refusal().reason())
              + ". "
              + Speech.clean(declined.refusal().text()));
    } else {
      small(event);
    }
  }

  /** How far a download is stands on the board of its campaign, and is no news each time. */
  private void changed(Event.Changed changed) {
    Contact contact = changed.contact();
    String text = speech.contact(contact, changed.at());
    String news = DOWNLOADED.matcher(text).replaceFirst("$1");
    boolean onlyFurther = !news.equals(text) && news.equals(said.get(contact.device()));
    said.put(contact.device(), news);
    if (!onlyFurther) {
      lines.stamped(changed.at(), name(contact.device()) + "is " + tables.coloured(contact, text));
    }
  }

  private void small(Event event) {
    if (event instanceof Event.Changed changed) {
      changed(changed);
    } else if (event instanceof Event.Available available) {
      screen.bell();
      Contact contact = available.contact();
      lines.stamped(
          available.at(),
          name(contact.device())
              + paint.good("is available")
              + ": "
              + speech.contact(contact, available.at()));
    } else if (event instanceof Event.Watched watched) {
      watched(watched);
    } else if (event instanceof Event.Noticed noticed) {
      noticed(noticed);
    } else if (event instanceof Event.Waiting waiting) {
      lines.stamped(
          waiting.at(),
          paint.quiet(
              "waiting for "
                  + names(waiting.devices())
                  + ", up to "
                  + waiting.limit().toSeconds()
                  + " s"));
    } else if (event instanceof Event.Linked linked) {
      linked(linked);
    } else if (event instanceof Event.Distrusted distrusted) {
      lines.stamped(
          distrusted.at(),
          paint.bad("not believed: " + distrusted.why().reason())
              + ". "
              + Speech.clean(distrusted.why().text()));
    } else if (event instanceof Event.Orders orders) {
      tables.orders(orders);
    } else if (event instanceof Event.OrderShown order) {
      page.show(order);
    } else if (event instanceof Event.Exported exported) {
      exported.files().forEach(file -> screen.print("  " + file));
    } else if (event instanceof Event.Expected expected) {
      lines.stamped(
          expected.at(), expected.met() ? paint.good(expected.text()) : paint.bad(expected.text()));
    } else if (event instanceof Event.Mistaken mistaken) {
      screen.print(mistaken.hint().under(mistaken.line()));
    } else if (event instanceof Event.Staffed staffed) {
      tables.people(staffed);
    } else if (event instanceof Event.Spoken spoken) {
      screen.bell();
      lines.stamped(spoken.at(), spoken.from().local() + " says: " + Speech.clean(spoken.text()));
    } else if (event instanceof Event.RoomSpoken line) {
      // What the room tells must not look like what somebody types into it.
      lines.stamped(
          line.at(),
          paint.quiet("[" + line.room() + "] ")
              + line.speaker().map(speaker -> Speech.clean(speaker) + " says: ").orElse("")
              + Speech.clean(line.text()));
    } else if (event instanceof Event.RoomsListed rooms) {
      rooms(rooms);
    } else if (event instanceof Event.Warned warned) {
      lines.stamped(warned.at(), paint.doubtful(warned.text()));
    } else if (event instanceof Event.Said said) {
      screen.print(Speech.clean(said.text().replace('\n', '\u2028')).replace('\u2028', '\n'));
    }
  }

  private void noticed(Event.Noticed noticed) {
    if (!noticed.news()) {
      return;
    }
    String text = noticed.kind() + ": " + Speech.clean(noticed.text());
    lines.stamped(
        noticed.at(),
        switch (noticed.kind()) {
          case "fault", "expired" -> paint.bad(text);
          case "unconfirmed" -> paint.bad(text) + wayOut(noticed);
          case "summary" -> text;
          case "proposal" -> paint.doubtful(text) + "; accept " + number(noticed.text());
          default -> paint.doubtful(text);
        });
  }

  /** {@code proposal 3}, with which its text begins. */
  private static String number(String text) {
    return Speech.clean(text.substring(0, Math.max(0, text.indexOf(':'))));
  }

  private static String wayOut(Event.Noticed noticed) {
    return noticed
        .order()
        .map(
            id ->
                "; look at the device, or give up " + id.brief() + " because nobody will ever know")
        .orElse("");
  }

  private void watched(Event.Watched watched) {
    if (watched.named().isEmpty() && watched.described().isEmpty()) {
      screen.print("nothing is watched");
    }
    if (!watched.named().isEmpty()) {
      screen.print("watching " + names(watched.named(), watched.available()));
    }
    watched
        .described()
        .forEach(
            (words, devices) ->
                screen.print(
                    "watching "
                        + Speech.clean(words)
                        + ", whoever that is: now "
                        + (devices.isEmpty() ? "nobody" : names(devices, watched.available()))));
  }

  private static String names(List<BareJid> devices, List<BareJid> available) {
    return devices.stream()
        .map(device -> device.local() + (available.contains(device) ? " (available now)" : ""))
        .collect(Collectors.joining(", "));
  }

  private void rooms(Event.RoomsListed rooms) {
    screen.print(
        rooms.open().isEmpty()
            ? "there is no room for you"
            : rooms.open().stream()
                .map(
                    room -> Speech.clean(room) + (rooms.entered().contains(room) ? " (in it)" : ""))
                .collect(Collectors.joining(", ")));
  }

  private void linked(Event.Linked linked) {
    if (linked.state() == shown) {
      return;
    }
    switch (linked.state()) {
      case PROVEN -> lines.stamped(linked.at(), paint.quiet("connected, key proven"));
      case CONNECTING -> {
        if (shown == LinkState.PROVEN) {
          lines.stamped(linked.at(), paint.doubtful("connection lost, connecting again"));
        }
      }
      case CONNECTED, CLOSED -> {}
    }
    shown = linked.state();
  }

  static String names(List<BareJid> devices) {
    return devices.stream().map(BareJid::local).collect(Collectors.joining(", "));
  }

  static String name(BareJid device) {
    return Speech.padded(device.local(), NAME_WIDTH - 1) + " ";
  }
}
