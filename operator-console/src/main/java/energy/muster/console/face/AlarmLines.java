// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.Priority;
import energy.muster.console.session.Event;
import energy.muster.duty.OnDuty;
import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Alarms, what becomes of them, and who is to answer, in lines of text. */
final class AlarmLines {
  private static final int NUMBER_WIDTH = 7;
  private static final int PRIORITY_WIDTH = 10;
  private static final int POINT_WIDTH = 30;
  private static final int AGE_WIDTH = 9;
  private static final int TEAM_WIDTH = 16;

  private final Lines lines;
  private final Paint paint;
  private final Speech speech;
  private final Screen screen;
  private final AlarmWords words;

  AlarmLines(Lines lines) {
    this.lines = lines;
    this.paint = lines.paint();
    this.speech = lines.speech();
    this.screen = lines.screen();
    this.words = new AlarmWords(paint, speech);
  }

  /** Whether it was about alarms. */
  boolean show(Event event) {
    if (event instanceof Event.AlarmOffered offered) {
      offered(offered);
    } else if (event instanceof Event.AlarmHeard heard) {
      heard(heard);
    } else if (event instanceof Event.AlarmChanged changed) {
      changed(changed);
    } else if (event instanceof Event.AlarmsListed listed) {
      listed(listed);
    } else if (event instanceof Event.AlarmShown shown) {
      shown(shown);
    } else if (event instanceof Event.AlarmsActed acted) {
      acted(acted);
    } else if (event instanceof Event.AlarmFigures figures) {
      new AlarmReportTable(lines).show(figures);
    } else if (event instanceof Event.DutyShown duty) {
      duty(duty);
    } else {
      return false;
    }
    return true;
  }

  private void offered(Event.AlarmOffered offered) {
    AlarmEntry alarm = offered.alarm();
    // In a flood the first calls; the others would only drown it.
    if (isFirst(alarm)) {
      screen.bell();
    }
    lines.stamped(
        offered.at(),
        words.coloured(
                alarm.priority(),
                paint.strong("ALARM " + alarm.number() + " for you, " + alarm.priority() + ":"))
            + " "
            + AlarmWords.point(alarm)
            + ", since "
            + speech.time(alarm.since(), offered.at())
            + (alarm.clockSure() ? "" : " by an unsure clock")
            + ": "
            + Speech.clean(alarm.text()));
    lines.detail(
        "ack "
            + alarm.number()
            + " takes it on"
            + alarm
                .search()
                .flatMap(AlarmEntry.Search::next)
                .map(next -> "; it goes on in " + AlarmWords.span(offered.at(), next))
                .orElse("")
            + (alarm.source() == AlarmEntry.Source.SERVICE
                ? paint.doubtful("; the service's own word, not signed")
                : ""));
    String besides = words.besides(alarm, offered.at());
    if (!besides.isEmpty()) {
      lines.detail(besides);
    }
    alarm.location().ifPresent(where -> lines.detail("at " + Speech.clean(where.toString())));
  }

  private static boolean isFirst(AlarmEntry alarm) {
    OptionalLong group = alarm.group();
    return group.isEmpty() || group.getAsLong() == alarm.number();
  }

  private void heard(Event.AlarmHeard heard) {
    Alarm alarm = heard.alarm();
    if (alarm.isOnset()) {
      screen.bell();
    }
    String head =
        alarm.isOnset() ? "ALARM for you, " + alarm.priority() + ":" : "that alarm is over:";
    lines.stamped(
        heard.at(),
        words.coloured(alarm.priority(), paint.strong(head))
            + " "
            + alarm.header().issuer().local()
            + " "
            + alarm.rule()
            + ", since "
            + speech.time(alarm.since(), heard.at())
            + (alarm.clockSure() ? "" : " by an unsure clock")
            + ": "
            + Speech.clean(alarm.text()));
    lines.detail("the device says so itself, because the service has not answered it");
    alarm.location().ifPresent(where -> lines.detail("at " + Speech.clean(where.toString())));
  }

  private void changed(Event.AlarmChanged changed) {
    AlarmEntry alarm = changed.alarm();
    if (changed.mine()) {
      became(changed, changed.before().orElseThrow());
    } else if (changed.before().isEmpty()
        && !alarm.closed()
        && !alarm.state().aside()
        && isFirst(alarm)
        && !alarm.priority().equals(Priority.LOW)
        && !isFor(alarm, changed.me())) {
      lines.stamped(
          changed.at(),
          paint.quiet("alarm " + alarm.number() + ", ")
              + words.coloured(alarm.priority(), alarm.priority().wire())
              + ": "
              + AlarmWords.point(alarm)
              + ": "
              + Speech.clean(alarm.text())
              + paint.quiet(" (" + words.standing(alarm, changed.me(), changed.at()) + ")"));
    }
  }

  private static boolean isFor(AlarmEntry alarm, BareJid me) {
    return alarm.search().filter(search -> search.to().contains(me)).isPresent();
  }

  private void became(Event.AlarmChanged changed, AlarmEntry before) {
    AlarmEntry alarm = changed.alarm();
    boolean same =
        alarm.state() == before.state()
            && alarm.owner().equals(before.owner())
            && alarm
                .search()
                .map(AlarmEntry.Search::to)
                .equals(before.search().map(AlarmEntry.Search::to))
            && alarm.sentOut().equals(before.sentOut())
            && alarm.returned().equals(before.returned());
    // What is offered to whoever is here is told with the offer.
    if (same || (isFor(alarm, changed.me()) && alarm.returned().equals(before.returned()))) {
      return;
    }
    String standing = words.standing(alarm, changed.me(), changed.at());
    lines.stamped(
        changed.at(),
        "alarm "
            + alarm.number()
            + " ("
            + AlarmWords.point(alarm)
            + "): "
            + (alarm.closed() ? paint.good("over and closed") : alarm.state().wire())
            + (standing.isEmpty() || alarm.closed() ? "" : ", " + standing));
  }

  private void listed(Event.AlarmsListed listed) {
    for (AlarmEntry alarm : listed.alarms()) {
      line(alarm, listed.me(), listed.at());
    }
    int count = listed.alarms().size();
    screen.print(
        count == 0
            ? "no alarm"
            : paint.quiet(
                count
                    + (count == 1 ? " alarm" : " alarms")
                    + (listed.left() > 0 ? ", and " + listed.left() + " more" : "")));
  }

  private void line(AlarmEntry alarm, BareJid me, Instant now) {
    String standing = words.standing(alarm, me, now);
    screen.print(
        Speech.padded(String.valueOf(alarm.number()), NUMBER_WIDTH)
            + words.coloured(
                alarm.priority(), Speech.padded(alarm.priority().wire(), PRIORITY_WIDTH))
            + Speech.padded(AlarmWords.point(alarm), POINT_WIDTH)
            + Speech.padded(AlarmWords.span(alarm.since(), now), AGE_WIDTH)
            + alarm.state().wire()
            + (standing.isEmpty() ? "" : "; " + standing)
            + (alarm.folded() > 0 ? " (" + (alarm.folded() + 1) + " times)" : ""));
  }

  private void shown(Event.AlarmShown shown) {
    AlarmEntry alarm = shown.alarm();
    line(alarm, shown.me(), shown.at());
    lines.detail(Speech.clean(alarm.text()));
    alarm
        .reading()
        .ifPresent(
            reading ->
                lines.detail(
                    "at worst "
                        + reading.worst().toPlainString()
                        + " "
                        + reading.spokenUnit()
                        + ", limit "
                        + reading.limit().toPlainString()
                        + " "
                        + reading.spokenUnit()));
    alarm.location().ifPresent(where -> lines.detail("at " + Speech.clean(where.toString())));
    String besides = words.besides(alarm, shown.at());
    if (!besides.isEmpty()) {
      lines.detail(besides);
    }
    for (AlarmTransition transition : shown.transitions()) {
      lines.stamped(
          transition.at(),
          transition.kind().wire()
              + transition.by().map(by -> " " + by.local()).orElse("")
              + (transition.text().isEmpty() ? "" : ": " + Speech.clean(transition.text())));
    }
    screen.print(paint.quiet("so far by the service's word; signed, and checked here:"));
    for (Event.SignedWord word : shown.signed()) {
      lines.stamped(
          word.issuedAt(), paint.good(word.signer().local()) + " " + Speech.clean(word.what()));
    }
    shown
        .distrusted()
        .forEach(
            why ->
                screen.print(
                    paint.bad("not believed: " + why.reason()) + ". " + Speech.clean(why.text())));
    if (alarm.source() == AlarmEntry.Source.SERVICE) {
      screen.print(paint.doubtful("the alarm itself is the service's own word"));
    }
  }

  private void acted(Event.AlarmsActed acted) {
    if (!acted.done().isEmpty()) {
      lines.stamped(
          acted.at(),
          paint.good(done(acted.kind()))
              + ": alarm "
              + names(acted.done())
              + acted.until().map(end -> ", until " + speech.time(end, acted.at())).orElse(""));
    }
    acted
        .refused()
        .forEach(
            (number, why) ->
                lines.stamped(
                    acted.at(),
                    "alarm "
                        + number
                        + ": "
                        + paint.bad("refused: " + why.reason())
                        + ". "
                        + Speech.clean(why.text())));
  }

  private static String names(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String done(AlarmAct.Kind kind) {
    return switch (kind) {
      case ACKNOWLEDGE -> "yours";
      case COMMENT -> "noted";
      case SHELVE -> "shelved";
      case UNSHELVE -> "no longer shelved";
      case ESCALATE -> "passed on";
      case RESET -> "reset";
      case OUT_OF_SERVICE -> "out of service";
      case IN_SERVICE -> "in service";
      case SUPPRESS -> "suppressed";
      case UNSUPPRESS -> "no longer suppressed";
    };
  }

  private void duty(Event.DutyShown duty) {
    for (Event.TeamOnDuty team : duty.teams()) {
      String now = who(team.now());
      screen.print(
          Speech.padded(team.team(), TEAM_WIDTH)
              + (team.now().isPresent() ? paint.strong(now) : paint.doubtful(now))
              + team.next()
                  .map(
                      next ->
                          " until "
                              + speech.time(next.at(), duty.at())
                              + ", then "
                              + who(next.to()))
                  .orElse(""));
    }
    screen.print(
        paint.quiet(
            "at "
                + speech.time(duty.asked(), duty.at())
                + ", by roster "
                + duty.revision()
                + "; who is there now: who is on duty"));
  }

  private static String who(Optional<OnDuty> onDuty) {
    return onDuty
        .map(one -> one.person().local() + " (" + one.rotation().orElse("override") + ")")
        .orElse("nobody");
  }
}
