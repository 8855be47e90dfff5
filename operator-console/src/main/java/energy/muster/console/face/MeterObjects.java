// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.billing.MeterStatement;
import energy.muster.console.session.Event;
import energy.muster.json.Json;
import energy.muster.metering.EnergySum;
import java.nio.file.Path;
import java.util.Optional;

/** Meters, bills and settlements, for programs. */
final class MeterObjects {
  private MeterObjects() {}

  /** Whether it was about meters. */
  static boolean fill(Event event, ObjectNode object) {
    if (event instanceof Event.MeterShown shown) {
      statement(shown.statement(), object);
      object.setAll(shown.page().write());
      shown
          .own()
          .ifPresent(
              own -> {
                object.set("statement", Json.parse(own.statement().write()));
                object.put("agrees", own.agrees()).put("verdict", own.verdict());
              });
    } else if (event instanceof Event.ReadingsShown shown) {
      statement(shown.statement(), object);
      object.setAll(shown.page().write());
      file(shown.file(), object);
    } else if (event instanceof Event.Billed billed) {
      object.put("known", billed.known().toString()).set("bill", billed.bill().write());
      file(billed.file(), object);
    } else if (event instanceof Event.Corrected corrected) {
      object
          .put("meter", corrected.meter().toString())
          .put("start", corrected.by().start().toString())
          .put("originalImportWh", corrected.original().importWh())
          .put("importWh", corrected.by().importWh())
          .put("reason", corrected.reason());
    } else if (event instanceof Event.Settlement settlement) {
      object.setAll(settlement.settled().write());
      file(settlement.file(), object);
    } else {
      return false;
    }
    return true;
  }

  private static void statement(MeterStatement statement, ObjectNode object) {
    object.put("type", statement.kind().wire()).put("zone", statement.zone().getId());
    object.set("today", sum(statement.today()));
    object.set("thisMonth", sum(statement.thisMonth()));
  }

  private static ObjectNode sum(EnergySum sum) {
    return Json.object()
        .put("importKwh", sum.importKwh().toPlainString())
        .put("exportKwh", sum.exportKwh().toPlainString())
        .put("intervals", sum.intervals())
        .put("estimated", sum.estimated())
        .put("missing", sum.missing());
  }

  private static void file(Optional<Path> file, ObjectNode object) {
    file.ifPresent(path -> object.put("file", path.toString()));
  }
}
