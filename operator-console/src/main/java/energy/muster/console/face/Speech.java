// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.command.Instruction;
import energy.muster.firmware.DeviceFirmware;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.Colleague;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.StatusText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values in a person's words: local times, spoken units, nothing that could move the cursor. */
final class Speech {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final ZoneId zone;

  Speech(ZoneId zone) {
    this.zone = zone;
  }

  String clock(Instant at) {
    return CLOCK.format(at.atZone(zone));
  }

  /** The time alone when it is of the same day. */
  String time(Instant at, Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return at.atZone(zone).toLocalDate().equals(today) ? clock(at) : DAY.format(at.atZone(zone));
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
  }

  String status(DevicePresence presence, Instant now) {
    return clean(StatusText.of(presence, zone, now));
  }

  /** What a device runs, and how far it is with another version. */
  static String firmware(DeviceFirmware firmware) {
    return "runs "
        + firmware.product()
        + " "
        + firmware.version()
        + firmware.update().map(update -> "; " + update).orElse("");
  }

  /** One line on a device: how available it is, what it says, or since when it is gone. */
  String contact(Contact contact, Instant now) {
    String said =
        contact.presence().map(presence -> status(presence, now)).orElse("never heard of");
    return contact
        .absence()
        .map(
            absence ->
                (absence.fault() ? "FAULT, " : "")
                    + clean(absence.reason())
                    + ", gone since "
                    + time(absence.since(), now)
                    + absence.next().map(next -> ", back at " + time(next, now)).orElse("")
                    + "; last said "
                    + said)
        .orElse(said);
  }

  /** What a person is here, since when they are as they are, and how sure that is. */
  String colleague(Colleague person, Instant now) {
    String rights =
        person.grants().stream()
            .sorted()
            .map(grant -> grant.role().wire() + " of " + grant.area().name())
            .collect(Collectors.joining(", "));
    String word =
        person
            .presence()
            .map(
                said ->
                    (said.note().isEmpty() ? "" : "; " + clean(said.note()))
                        + said.idle().map(idle -> "; idle since " + time(idle, now)).orElse("")
                        + said.until().map(end -> "; until " + time(end, now)).orElse(""))
            .orElse("");
    return rights
        + word
        + " ("
        + person.certainty().wire()
        + ", heard "
        + time(person.heard(), now)
        + ")";
  }

  static String instruction(Instruction instruction) {
    if (instruction instanceof Instruction.Limit limit) {
      return "limit to " + limit.max();
    } else if (instruction instanceof Instruction.SetPoint point) {
      return "set to " + point.target();
    } else if (instruction instanceof Instruction.Select select) {
      return "select to " + select.operate();
    } else if (instruction instanceof Instruction.Restrict restrict) {
      return "restrict, " + restrict.reason().wire();
    } else if (instruction instanceof Instruction.Cancel cancel) {
      return "cancel order " + cancel.command().brief();
    } else if (instruction instanceof Instruction.Configure configure) {
      return clean(
          "configure, revision " + configure.revision() + " " + Json.text(configure.settings()));
    } else if (instruction instanceof Instruction.Overrule overrule) {
      return overrule.over() ? "follow prices again" : "overrule prices";
    } else if (instruction instanceof Instruction.SetTariff tariff) {
      return clean("set-tariff " + tariff.document());
    } else if (instruction instanceof Instruction.Upgrade upgrade) {
      return clean("upgrade to " + upgrade.product() + " " + upgrade.version());
    }
    return instruction.verb().wire();
  }

  static String coloured(Paint paint, DeliveryState state, String text) {
    return switch (state) {
      case EXECUTED -> paint.good(text);
      case REFUSED, FAILED, EXPIRED -> paint.bad(text);
      case UNCERTAIN, UNCONFIRMED, CANCELLED, SUPERSEDED -> paint.doubtful(text);
      case HELD, SENT, RECEIVED, EXECUTING -> paint.quiet(text);
    };
  }

  /** Others chose these words: no control character of theirs reaches the terminal. */
  static String clean(String text) {
    return text.replaceAll(
        "[\\p{Cntrl}\\u0080-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", " ");
  }

  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
