// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.alarm.AlarmReport;
import energy.muster.console.session.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How much alarms asked of people, in columns, or as CSV (RFC 4180) for a spreadsheet. */
final class AlarmReportTable {
  private static final int NAME_WIDTH = 30;
  private static final int NUMBER_WIDTH = 14;

  private final Paint paint;
  private final Speech speech;
  private final Screen screen;

  AlarmReportTable(Lines lines) {
    this.paint = lines.paint();
    this.speech = lines.speech();
    this.screen = lines.screen();
  }

  void show(Event.AlarmFigures figures) {
    if (figures.csv()) {
      csv(figures.report());
    } else {
      text(figures.report(), figures.at());
    }
  }

  private void text(AlarmReport report, Instant now) {
    screen.print(
        paint.quiet(
            "from "
                + speech.time(report.since(), now)
                + " to "
                + speech.time(report.until(), now)));
    screen.print(
        report.raised()
            + " alarms, "
            + report.acknowledged()
            + " acknowledged: half of them within "
            + seconds(report.toAcknowledge().p50Millis())
            + ", 95 % within "
            + seconds(report.toAcknowledge().p95Millis())
            + ", the last after "
            + seconds(report.toAcknowledge().longestMillis()));
    screen.print(
        report.lapsed()
            + " acknowledgements lapsed; nobody was there "
            + times(report.nobody())
            + "; sent out by mail or webhook "
            + times(report.sentOut()));
    if (!report.operators().isEmpty()) {
      screen.print(
          paint.quiet(
              row("operator", "offered", "acknowledged", "in 10 min", "at most", "floods")));
    }
    for (AlarmReport.Operator operator : report.operators()) {
      String line =
          row(
              operator.person().local(),
              String.valueOf(operator.offered()),
              String.valueOf(operator.acknowledged()),
              operator.perTenMinutes().toPlainString(),
              String.valueOf(operator.most()),
              String.valueOf(operator.floods()));
      screen.print(operator.floods() > 0 ? paint.doubtful(line) : line);
    }
    points("most alarms", report.top());
    points("chattering", report.chattering());
    if (!report.stale().isEmpty()) {
      screen.print(paint.quiet(row("standing for more than a day", "alarm", "since")));
    }
    for (AlarmReport.Standing standing : report.stale()) {
      screen.print(
          row(
              standing.device().local() + " " + standing.rule(),
              String.valueOf(standing.number()),
              speech.time(standing.since(), now)));
    }
  }

  private void points(String title, List<AlarmReport.Point> points) {
    if (!points.isEmpty()) {
      screen.print(paint.quiet(row(title, "times")));
    }
    for (AlarmReport.Point point : points) {
      screen.print(row(point.device().local() + " " + point.rule(), String.valueOf(point.count())));
    }
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String seconds(long millis) {
    return AlarmWords.span(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofMillis(millis)));
  }

  private static String row(String name, String... cells) {
    StringBuilder line = new StringBuilder(Speech.padded(name, NAME_WIDTH));
    for (String cell : cells) {
      line.append(Speech.padded(cell, NUMBER_WIDTH));
    }
    return line.toString().stripTrailing();
  }

  /** One figure a line: what, of whom, how much. No name or number of ours needs quoting. */
  private void csv(AlarmReport report) {
    screen.print("figure,of,value");
    screen.print("since,," + report.since());
    screen.print("until,," + report.until());
    figure("raised", "", report.raised());
    figure("acknowledged", "", report.acknowledged());
    figure("acknowledge-p50-ms", "", report.toAcknowledge().p50Millis());
    figure("acknowledge-p95-ms", "", report.toAcknowledge().p95Millis());
    figure("acknowledge-longest-ms", "", report.toAcknowledge().longestMillis());
    figure("lapsed", "", report.lapsed());
    figure("nobody", "", report.nobody());
    figure("sent-out", "", report.sentOut());
    for (AlarmReport.Operator operator : report.operators()) {
      String person = operator.person().toString();
      figure("operator-offered", person, operator.offered());
      figure("operator-acknowledged", person, operator.acknowledged());
      screen.print(
          "operator-per-10-min," + person + "," + operator.perTenMinutes().toPlainString());
      figure("operator-most-in-10-min", person, operator.most());
      figure("operator-floods", person, operator.floods());
    }
    for (AlarmReport.Point point : report.top()) {
      figure("top", point.device() + " " + point.rule(), point.count());
    }
    for (AlarmReport.Point point : report.chattering()) {
      figure("chattering", point.device() + " " + point.rule(), point.count());
    }
    for (AlarmReport.Standing standing : report.stale()) {
      screen.print(
          "stale-since,"
              + standing.device()
              + " "
              + standing.rule()
              + " "
              + standing.number()
              + ","
              + standing.since());
    }
  }

  private void figure(String name, String of, long value) {
    screen.print(name + "," + of + "," + value);
  }
}
