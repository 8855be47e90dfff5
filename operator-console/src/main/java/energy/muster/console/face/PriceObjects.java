// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.face;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.session.Event;
import energy.muster.console.session.Priced;
import energy.muster.json.Json;
import energy.muster.tariff.Tariff;
import java.util.List;

/** What there is to tell of prices, as JSON. */
final class PriceObjects {
  private PriceObjects() {}

  /** Whether it was about prices. */
  static boolean fill(Event event, ObjectNode object) {
    if (event instanceof Event.TariffsShown shown) {
      tariffs(object.putArray("now"), shown.now());
      tariffs(object.putArray("coming"), shown.coming());
      ArrayNode series = object.putArray("series");
      shown.series().forEach(name -> series.add(name.toString()));
    } else if (event instanceof Event.PricesShown shown) {
      prices(shown, object);
    } else if (event instanceof Event.ReceiptsShown shown) {
      receipts(shown, object);
    } else if (event instanceof Event.ProposalsShown shown) {
      ArrayNode proposals = object.putArray("proposals");
      shown.proposals().forEach(each -> proposals.add(each.write()));
    } else if (event instanceof Event.Copied copied) {
      object
          .put("class", copied.dataClass().wire())
          .put("sets", copied.sets())
          .put("upTo", copied.upTo());
      ArrayNode files = object.putArray("files");
      copied.files().forEach(file -> files.add(file.toString()));
    } else {
      return false;
    }
    return true;
  }

  private static void tariffs(ArrayNode array, List<Tariff> tariffs) {
    for (Tariff tariff : tariffs) {
      array.add(Json.parse(tariff.write()));
    }
  }

  private static void prices(Event.PricesShown shown, ObjectNode object) {
    object
        .put("offer", shown.priced().offer().toString())
        .put("document", shown.priced().document())
        .put("currency", shown.priced().currency())
        .put("zone", shown.priced().zone().getId());
    shown.day().ifPresent(day -> object.put("day", day.toString()));
    ArrayNode rows = object.putArray("prices");
    for (Priced.Row row : shown.priced().rows()) {
      ObjectNode one =
          rows.addObject()
              .put("from", row.from().toString())
              .put("until", row.until().toString())
              .put("when", row.when());
      row.perKwh().ifPresent(price -> one.put("perKwh", price.toPlainString()));
      row.lastTier().ifPresent(price -> one.put("lastTier", price.toPlainString()));
    }
  }

  private static void receipts(Event.ReceiptsShown shown, ObjectNode object) {
    object.put("document", shown.document());
    ObjectNode counts = object.putObject("counts");
    shown.counts().forEach(counts::put);
    ArrayNode devices = object.putArray("devices");
    for (Event.Holder holder : shown.devices()) {
      ObjectNode one =
          devices
              .addObject()
              .put("device", holder.device().toString())
              .put("state", holder.state())
              .put("text", holder.text());
      holder.version().ifPresent(version -> one.put("version", version));
      holder.at().ifPresent(at -> one.put("at", at.toString()));
    }
    object.put("left", shown.left());
  }
}
