// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.Priority;
import energy.muster.identity.BareJid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to say of an alarm, in a person's words. */
final class AlarmWords {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final Paint paint;
  private final Speech speech;

  AlarmWords(Paint paint, Speech speech) {
    this.paint = paint;
    this.speech = speech;
  }

  /** In full seconds, minutes, hours or days; nothing is ever less than nothing. */
  static String span(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    if (time.isNegative()) {
      return "0 s";
    } else if (time.compareTo(TWO_MINUTES) < 0) {
      return time.toSeconds() + " s";
    } else if (time.compareTo(TWO_HOURS) < 0) {
      return time.toMinutes() + " min";
    }
    return time.compareTo(TWO_DAYS) < 0 ? time.toHours() + " h" : time.toDays() + " d";
  }

  /** {@code sw2 trip-imminent}, or of a whole branch. */
  static String point(AlarmEntry alarm) {
    return alarm.branch().map(Object::toString).orElse(alarm.device().local()) + " " + alarm.rule();
  }

  String coloured(Priority priority, String text) {
    return switch (priority) {
      case CRITICAL -> paint.bad(text);
      case HIGH -> paint.doubtful(text);
      case MEDIUM -> text;
      case LOW -> paint.quiet(text);
    };
  }

  /** Whose it is, or who is looked for and when the next is, or why nobody is. */
  String standing(AlarmEntry alarm, BareJid me, Instant now) {
    List<String> parts = new ArrayList<>();
    alarm
        .owner()
        .ifPresent(
            owner ->
                parts.add(
                    (owner.person().equals(me) ? "yours" : owner.person().local() + " has it")
                        + " until "
                        + speech.time(owner.until(), now)
                        + owner.heir().map(heir -> leftTo(heir, me, now)).orElse("")));
    alarm.search().ifPresent(search -> parts.add(search(search, me, now)));
    if (alarm.aside().isPresent()) {
      parts.add(aside(alarm, now));
    }
    if (alarm.state() == AlarmState.LATCHED) {
      parts.add("over, until somebody types reset " + alarm.number());
    } else {
      alarm.returned().ifPresent(when -> parts.add("over since " + speech.time(when, now)));
    }
    return String.join("; ", parts);
  }

  private String leftTo(AlarmEntry.Heir heir, BareJid me, Instant now) {
    return ", handed over to %s, who can accept until %s"
        .formatted(
            heir.person().equals(me) ? "you" : heir.person().local(),
            speech.time(heir.until(), now));
  }

  private static String search(AlarmEntry.Search search, BareJid me, Instant now) {
    String whom =
        search.to().isEmpty()
            ? "waits for somebody to come"
            : "offered to "
                + search.to().stream()
                    .map(person -> person.equals(me) ? "you" : person.local())
                    .collect(Collectors.joining(", "));
    return whom + search.next().map(next -> ", goes on in " + span(now, next)).orElse("");
  }

  private String aside(AlarmEntry alarm, Instant now) {
    AlarmEntry.Aside aside = alarm.aside().orElseThrow();
    String what =
        switch (alarm.state()) {
          case SHELVED -> "shelved";
          case OUT_OF_SERVICE -> "out of service";
          case SUPPRESSED_BY_DESIGN ->
              alarm.parent().isPresent()
                  ? "explained by alarm " + alarm.parent().getAsLong()
                  : "suppressed";
          default -> "nobody is looked for";
        };
    return what
        + aside.by().map(by -> " by " + by.local()).orElse("")
        + aside.until().map(end -> " until " + speech.time(end, now)).orElse("")
        + (aside.oneShot() ? " or until it returns" : "")
        + (aside.reason().isEmpty() || alarm.parent().isPresent()
            ? ""
            : ": " + Speech.clean(aside.reason()));
  }

  /** Where it has been, and what else belongs to it; may be empty. */
  String besides(AlarmEntry alarm, Instant now) {
    List<String> parts = new ArrayList<>();
    if (alarm.folded() > 0) {
      parts.add("came again " + alarm.folded() + (alarm.folded() == 1 ? " time" : " times"));
    }
    if (alarm.chattering()) {
      parts.add("chattering");
    }
    if (alarm.children() > 0) {
      parts.add("explains " + alarm.children() + " more");
    }
    if (alarm.comments() > 0) {
      parts.add(alarm.comments() + (alarm.comments() == 1 ? " comment" : " comments"));
    }
    alarm
        .group()
        .ifPresent(
            first -> {
              if (first != alarm.number()) {
                parts.add("in the flood that began with alarm " + first);
              }
            });
    for (AlarmEntry.SentOut sent : alarm.sentOut()) {
      parts.add(
          "left by "
              + Speech.clean(sent.way())
              + " to "
              + Speech.clean(sent.to())
              + " at "
              + speech.time(sent.at(), now));
    }
    return String.join("; ", parts);
  }
}
