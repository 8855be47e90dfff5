// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.billing.Bill;
import energy.muster.billing.BillCsv;
import energy.muster.billing.MeterStatement;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.json.Json;
import energy.muster.metering.Correction;
import energy.muster.metering.EnergySum;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Quality;
import energy.muster.metering.Readings;
import energy.muster.metering.ReadingsPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Readings, bills and settlements in files that other programs read; the name says in what form.
 */
final class MeterFiles {
  private static final String FORMS = "name a file that ends in .csv, .json or .xml";

  private MeterFiles() {}

  static Path write(Line.Target file, ReadingsPage page, MeterStatement statement) {
    return write(
        file,
        switch (ending(file)) {
          case "csv" -> csv(page.readings().orElseThrow());
          case "json" -> Json.pretty(page.write()) + "\n";
          case "xml" -> statement.xml() + "\n";
          default -> throw new Hint(file.column(), FORMS);
        });
  }

  static Path write(Line.Target file, Bill bill, MeterStatement statement) {
    return write(
        file,
        switch (ending(file)) {
          case "csv" -> BillCsv.of(bill);
          case "json" -> Json.pretty(bill.write()) + "\n";
          case "xml" -> statement.xml() + "\n";
          default -> throw new Hint(file.column(), FORMS);
        });
  }

  static Path write(Line.Target file, Settled settled) {
    return write(
        file,
        switch (ending(file)) {
          case "csv" -> settled.csv();
          case "json" -> Json.pretty(settled.write()) + "\n";
          default -> throw new Hint(file.column(), "name a file that ends in .csv or .json");
        });
  }

  private static String ending(Line.Target file) {
    int dot = file.text().lastIndexOf('.');
    return file.text().substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static Path write(Line.Target file, String text) {
    try {
      return Files.writeString(Path.of(file.text()), text, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new Hint(file.column(), "cannot write " + file.text() + ": " + e.getMessage());
    }
  }

  /** RFC 4180; what was corrected says what stood there first. */
  private static String csv(Readings readings) {
    Map<Instant, IntervalEnergy> originals = new HashMap<>();
    for (Correction each : readings.corrections()) {
      originals.putIfAbsent(each.original().start(), each.original());
    }
    StringBuilder csv =
        new StringBuilder("from,until,import_kwh,export_kwh,quality,original_import_kwh\r\n");
    for (int i = 0; i < readings.size(); i++) {
      IntervalEnergy interval = readings.at(i);
      csv.append(interval.start())
          .append(',')
          .append(interval.start().plus(readings.step()))
          .append(',')
          .append(EnergySum.kwh(interval.importWh()).toPlainString())
          .append(',')
          .append(EnergySum.kwh(interval.exportWh()).toPlainString())
          .append(',')
          .append(interval.quality().stream().map(Quality::wire).collect(Collectors.joining(" ")))
          .append(',');
      IntervalEnergy original = originals.get(interval.start());
      if (original != null) {
        csv.append(EnergySum.kwh(original.importWh()).toPlainString());
      }
      csv.append("\r\n");
    }
    return csv.toString();
  }
}
