// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import energy.muster.billing.Bill;
import energy.muster.billing.Doubt;
import energy.muster.billing.MeterStatement;
import energy.muster.billing.Use;
import energy.muster.console.session.Event;
import energy.muster.console.session.OwnStatement;
import energy.muster.console.session.Settled;
import energy.muster.metering.Correction;
import energy.muster.metering.EnergySum;
import energy.muster.metering.Quality;
import energy.muster.metering.Readings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** Meters, bills and settlements, for people. */
final class MeterLines {
  private static final int MOST_CORRECTIONS = 10;

  private final Lines lines;

  MeterLines(Lines lines) {
    this.lines = lines;
  }

  /** Whether it was about meters. */
  boolean show(Event event) {
    if (event instanceof Event.MeterShown shown) {
      statement(shown.statement(), shown.at());
      shown.page().readings().ifPresent(readings -> quality(readings, shown.at()));
      shown
          .page()
          .known()
          .ifPresent(known -> print("it has told of itself until " + time(known, shown.at())));
      shown.own().ifPresent(own -> statement(own, shown.at()));
    } else if (event instanceof Event.ReadingsShown shown) {
      readings(shown);
    } else if (event instanceof Event.Billed billed) {
      bill(billed);
    } else if (event instanceof Event.Corrected corrected) {
      lines.stamped(
          corrected.at(),
          "%s, %s: %s kWh in the place of %s kWh, which is kept"
              .formatted(
                  corrected.meter().local(),
                  time(corrected.by().start(), corrected.at()),
                  EnergySum.kwh(corrected.by().importWh()),
                  EnergySum.kwh(corrected.original().importWh())));
    } else if (event instanceof Event.Settlement settlement) {
      settled(settlement.settled(), settlement.at());
      file(settlement.file());
    } else {
      return false;
    }
    return true;
  }

  private void print(String text) {
    lines.screen().print(text);
  }

  private String time(Instant instant, Instant now) {
    return lines.speech().time(instant, now);
  }

  private void file(Optional<Path> file) {
    file.ifPresent(path -> print("  " + path));
  }

  private void statement(MeterStatement statement, Instant at) {
    print(
        lines.paint().strong(statement.meter().local())
            + ", a "
            + statement.kind().wire()
            + statement
                .location()
                .filter(place -> !place.description().isEmpty())
                .map(place -> ", " + Speech.clean(place.description()))
                .orElse("")
            + ", as of "
            + time(statement.at(), at));
    sum("this month", statement.thisMonth());
    sum("today", statement.today());
  }

  private void sum(String called, EnergySum sum) {
    StringBuilder line =
        new StringBuilder(
            "  %s%12s kWh".formatted(Speech.padded(called, 12), sum.importKwh().toPlainString()));
    if (sum.exportWh() > 0) {
      line.append(", fed in ").append(sum.exportKwh().toPlainString()).append(" kWh");
    }
    if (sum.estimated() > 0) {
      line.append(", ").append(sum.estimated()).append(" intervals estimated");
    }
    if (sum.missing() > 0) {
      line.append(", ").append(sum.missing()).append(" missing");
    }
    print(line.toString());
  }

  /** What the meter reckons by itself, as it signed it, and what the service says to that. */
  private void statement(OwnStatement own, Instant now) {
    String reckoned =
        own.statement().bill().map(bill -> bill.total().toString()).orElse("no cost: no tariff");
    print("  by itself it reckons %s until %s".formatted(reckoned, own.statement().day()));
    String verdict = "  the service, " + time(own.at(), now) + ": " + Speech.clean(own.verdict());
    print(own.agrees() ? verdict : lines.paint().bad(verdict));
  }

  private void quality(Readings readings, Instant now) {
    for (Quality quality : Quality.values()) {
      int count = 0;
      int first = -1;
      for (int i = 0; i < readings.size(); i++) {
        if (readings.is(i, quality)) {
          first = first < 0 ? i : first;
          count++;
        }
      }
      if (count > 0) {
        print(
            lines
                .paint()
                .doubtful(
                    "  %s: %d intervals, first at %s"
                        .formatted(quality.wire(), count, time(readings.startOf(first), now))));
      }
    }
    readings.corrections().stream()
        .limit(MOST_CORRECTIONS)
        .forEach(correction -> print("  " + words(correction, now)));
  }

  private String words(Correction correction, Instant now) {
    return "%s was %s kWh, is %s kWh: %s"
        .formatted(
            time(correction.by().start(), now),
            EnergySum.kwh(correction.original().importWh()),
            EnergySum.kwh(correction.by().importWh()),
            Speech.clean(correction.reason()));
  }

  private void readings(Event.ReadingsShown shown) {
    Readings readings = shown.page().readings().orElseThrow();
    EnergySum sum = readings.sum(readings.start(), readings.end());
    print(
        "%s: %d intervals of %d min from %s, %s kWh"
            .formatted(
                lines.paint().strong(shown.page().meter().local()),
                readings.size(),
                readings.step().toMinutes(),
                time(readings.start(), shown.at()),
                sum.importKwh().toPlainString()));
    quality(readings, shown.at());
    file(shown.file());
  }

  private void bill(Event.Billed billed) {
    Bill bill = billed.bill();
    print(
        lines.paint().strong(bill.meter().local())
            + ", %s, %s to %s, bill %s"
                .formatted(
                    bill.tariff(), bill.from(), bill.until().minusDays(1), bill.id().brief()));
    bill.lines()
        .forEach(
            line -> {
              String what = line.charge() + (line.when().isEmpty() ? "" : ", " + line.when());
              print(
                  "  %s%14s %-4s %10s %12s"
                      .formatted(
                          Speech.padded(
                              Speech.clean(what) + (line.tier() > 0 ? ", tier " + line.tier() : ""),
                              34),
                          line.quantity().toPlainString(),
                          line.unit(),
                          line.price().map(price -> price.toPlainString()).orElse(""),
                          line.amount().amount().toPlainString()));
              print(
                  lines
                      .paint()
                      .quiet(
                          "    version %d (%s)%s"
                              .formatted(
                                  line.basis().version(),
                                  line.basis().document().brief(),
                                  line.uses().isEmpty()
                                      ? ""
                                      : ", "
                                          + line.uses().stream().mapToInt(Use::intervals).sum()
                                          + " intervals")));
            });
    print(
        lines
            .paint()
            .strong(
                "  %s%42s %s"
                    .formatted(
                        Speech.padded("total", 34),
                        bill.total().amount().toPlainString(),
                        bill.total().currency().getCurrencyCode())));
    if (!bill.doubts().isEmpty()) {
      print(
          lines
              .paint()
              .doubtful(
                  "  not simply measured: "
                      + bill.doubts().stream()
                          .map(MeterLines::words)
                          .collect(Collectors.joining(", "))));
    }
    if (billed.known().isBefore(bill.until().atStartOfDay(bill.zone()).toInstant())) {
      print(
          lines
              .paint()
              .doubtful("  readings are known until " + time(billed.known(), billed.at())));
    }
    file(billed.file());
  }

  private static String words(Doubt doubt) {
    return "%s %d from %s".formatted(doubt.quality().wire(), doubt.intervals(), doubt.from());
  }

  private void settled(Settled settled, Instant now) {
    print(
        "%s, from %s until %s%s"
            .formatted(
                lines.paint().strong("order " + settled.work().id().brief()),
                time(settled.work().opened(), now),
                time(settled.until(), now),
                settled.over() ? "" : ", not restored yet"));
    settled
        .work()
        .records()
        .forEach(
            record ->
                print(
                    "  %s%-14s%12s"
                        .formatted(
                            Speech.padded(record.source().local(), 20),
                            record.kind(),
                            record.value().toPlainString())));
    settled
        .unmetered()
        .forEach(
            (device, why) ->
                print(
                    lines
                        .paint()
                        .doubtful("  " + Speech.padded(device.local(), 20) + Speech.clean(why))));
    print(
        settled
            .percent()
            .map(
                share ->
                    lines
                        .paint()
                        .strong("  delivered " + share.toPlainString() + " % of the promise"))
            .orElse(
                lines
                    .paint()
                    .doubtful(
                        settled.over()
                            ? "  no figure: records lack"
                            : "  no figure before it is over")));
  }
}
