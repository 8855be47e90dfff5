// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Instruction;
import energy.muster.command.Priority;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Moment;
import energy.muster.console.language.Options;
import energy.muster.console.language.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The instants an order is signed with, as they follow from what was said and when. */
record Terms(
    Instant deliverBy, Instant executeBy, Optional<Instant> executeAt, Optional<Instant> until) {
  /** After it is to begin, the service delivers no longer, unless the line says otherwise. */
  static final Duration DELIVER_WITHIN = Duration.ofMinutes(2);

  /** After it was to begin, the device refuses, unless the line says otherwise. */
  static final Duration EXECUTE_WITHIN = Duration.ofMinutes(5);

  /** How long an order waits for a state, unless the line says otherwise. */
  static final Duration AWAIT_WITHIN = Duration.ofHours(24);

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  static Terms of(Options options, Instant now, ZoneId zone) {
    Window window = options.window();
    Optional<Instant> at = window.at().map(moment -> moment.resolve(now, zone));
    Instant begin = at.orElse(now);
    // "for 30 min" counts from when it begins, "until 18:00" does not.
    Optional<Instant> until =
        options
            .until()
            .map(moment -> moment.resolve(moment instanceof Moment.After ? begin : now, zone));
    Optional<Instant> by = window.by().map(moment -> moment.resolve(now, zone));
    String begins = "it begins at " + said(begin, now, zone);
    refuse(at.isPresent() && begin.isBefore(now), begins + ", and that is over");
    refuse(
        at.isPresent() && until.filter(end -> !end.isAfter(begin)).isPresent(),
        begins + " and would end before that; say for how long, or until with a date");
    refuse(
        by.filter(last -> last.isBefore(begin)).isPresent(),
        begins + ", so it cannot be done by before that; say a later time, or a date");
    refuse(
        by.isPresent() && until.filter(end -> end.isBefore(by.get())).isPresent(),
        "it would end before the time until which it may begin");
    return by.map(last -> new Terms(last, last, at, until))
        .orElseGet(
            () -> options.awaits() ? awaiting(now, until) : within(window, begin, at, until));
  }

  private static Terms awaiting(Instant now, Optional<Instant> until) {
    Instant last = now.plus(AWAIT_WITHIN);
    Instant end = until.filter(last::isAfter).orElse(last);
    return new Terms(end, end, Optional.empty(), until);
  }

  private static Terms within(
      Window window, Instant begin, Optional<Instant> at, Optional<Instant> until) {
    Duration execute = window.executeWithin().orElse(EXECUTE_WITHIN);
    Duration shorter = execute.compareTo(DELIVER_WITHIN) < 0 ? execute : DELIVER_WITHIN;
    Duration deliver = window.deliverWithin().orElse(shorter);
    if (window.executeWithin().isEmpty() && deliver.compareTo(execute) > 0) {
      execute = deliver;
    }
    return new Terms(begin.plus(deliver), begin.plus(execute), at, until);
  }

  private static void refuse(boolean conflict, String text) {
    if (conflict) {
      throw new Hint(0, text);
    }
  }

  /** The same times, whatever the clock on the wall shows when the order is signed. */
  static Options pinned(Options options, Instant now, ZoneId zone) {
    Window window = options.window();
    Window pinned =
        new Window(
            window.at().map(moment -> pinned(moment, now, zone)),
            window.by().map(moment -> pinned(moment, now, zone)),
            window.deliverWithin(),
            window.executeWithin());
    return new Options(
        options.until().map(moment -> pinned(moment, now, zone)),
        options.reason(),
        pinned,
        options.priority(),
        options.when(),
        options.atMost());
  }

  private static Moment pinned(Moment moment, Instant now, ZoneId zone) {
    return moment instanceof Moment.NextTime
        ? new Moment.Exactly(moment.resolve(now, zone))
        : moment;
  }

  /** Asks for consent: what, to whom, and when. */
  String question(
      Instruction instruction, List<String> devices, Options options, Instant now, ZoneId zone) {
    StringBuilder text = new StringBuilder(instruction.verb().wire());
    text.append(
        devices.size() == 1 ? " " + devices.get(0) : " these " + devices.size() + " devices");
    if (instruction instanceof Instruction.Configure configure) {
      text.append(" to settings revision ").append(configure.revision());
    } else if (instruction instanceof Instruction.Overrule overrule) {
      text.append(
          overrule.over() ? ", so that prices count again" : ", so that prices do not count");
    } else if (instruction instanceof Instruction.SetTariff tariff) {
      text.append(" to ").append(tariff.document());
    }
    executeAt.ifPresent(at -> text.append(" at ").append(said(at, now, zone)));
    if (options.awaits()) {
      text.append(" when ").append(options.when().orElseThrow().words());
    }
    until.ifPresent(end -> text.append(" until ").append(said(end, now, zone)));
    if (options.patient()) {
      text.append(", begun by ").append(said(executeBy, now, zone)).append(" or not at all");
    }
    if (options.priority() == Priority.EMERGENCY) {
      text.append(", before other orders");
    }
    return text.append("?").toString();
  }

  /** The time alone when it is of the same day. */
  private static String said(Instant at, Instant now, ZoneId zone) {
    boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? CLOCK : DAY).format(at.atZone(zone));
  }
}
