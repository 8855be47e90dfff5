// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.console.session.Event;
import energy.muster.console.session.ReliabilityRecord;
import energy.muster.console.session.ReliabilityRecord.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Reliability in columns, the worst first. */
final class ReliabilityTable {
  private static final int NAME_WIDTH = 18;
  private static final int NUMBER_WIDTH = 12;
  private static final int MOST = 10;
  private static final int DECIMALS = 5;

  private final Paint paint;
  private final Speech speech;
  private final Screen screen;

  ReliabilityTable(Paint paint, Speech speech, Screen screen) {
    this.paint = paint;
    this.speech = speech;
    this.screen = screen;
  }

  void show(Event.Reliability event) {
    ReliabilityRecord record = event.record();
    screen.print(
        paint.quiet(
            Speech.padded("since " + speech.time(record.from(), event.at()), 30)
                + "observed for "
                + spoken(record.observed())));
    screen.print(
        paint.quiet(
            row("", "available", "nines", "down", "a device", "> 5 min", "shorter", "planned")));
    lines(record.areas(), "areas");
    lines(record.devices(), "devices");
    line(record.all());
    record.areas().stream()
        .filter(area -> area.nines().isPresent())
        .findFirst()
        .ifPresent(area -> screen.print("least reliable: " + paint.strong(name(area))));
  }

  /** The worst of them; those that never failed are only counted. */
  private void lines(List<Figures> all, String called) {
    List<Figures> worst =
        all.stream().filter(figures -> !neverFailed(figures)).limit(MOST).toList();
    worst.forEach(this::line);
    long without = all.stream().filter(ReliabilityTable::neverFailed).count();
    long between = all.size() - worst.size() - without;
    if (between > 0) {
      screen.print(paint.quiet("and " + between + " " + called + " more reliable than these"));
    }
    if (without > 0) {
      screen.print(paint.quiet(called + " without an interruption: " + without));
    }
  }

  private static boolean neverFailed(Figures figures) {
    return figures.availability().isPresent() && figures.nines().isEmpty();
  }

  private void line(Figures figures) {
    String text =
        row(
            name(figures),
            figures.availability().isPresent()
                ? percent(figures.availability().getAsDouble())
                : "not seen",
            figures.nines().isPresent()
                ? String.format(Locale.ROOT, "%.1f", figures.nines().getAsDouble())
                : "-",
            spoken(figures.down()),
            spoken(figures.saidi()),
            Integer.toString(figures.sustained()),
            Integer.toString(figures.momentary()),
            spoken(figures.planned()));
    screen.print(figures.sustained() > 0 ? paint.doubtful(text) : text);
  }

  // Down, not to the nearest: 99.99999 % is not all of the time.
  private static String percent(double availability) {
    return BigDecimal.valueOf(availability)
            .movePointRight(2)
            .setScale(DECIMALS - 2, RoundingMode.DOWN)
            .toPlainString()
        + " %";
  }

  private static String name(Figures figures) {
    int at = figures.name().indexOf('@');
    return Speech.clean(at < 0 ? figures.name() : figures.name().substring(0, at));
  }

  private static String row(String name, String... cells) {
    StringBuilder line = new StringBuilder(Speech.padded(name, NAME_WIDTH));
    for (String cell : cells) {
      line.append(Speech.padded(cell, NUMBER_WIDTH));
    }
    return line.toString().stripTrailing();
  }

  private static String spoken(Duration time) {
    if (time.isZero()) {
      return "0 s";
    }
    if (time.compareTo(Duration.ofMinutes(2)) < 0) {
      return time.toSeconds() + " s";
    }
    return time.compareTo(Duration.ofHours(2)) < 0
        ? time.toMinutes() + " min"
        : String.format(Locale.ROOT, "%.1f h", time.toMinutes() / 60.0);
  }
}
