// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.console.language.Act;
import energy.muster.document.DocumentType;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;

/** Tariffs and prices to publish, from a file of JSON. */
final class PriceFile {
  private PriceFile() {}

  static Instruction.SetTariff instruction(Act.Publish publish, Setup setup) {
    DocumentFile file = new DocumentFile(publish.file().path(), publish.file().column());
    ObjectNode said = file.read();
    DocumentType type = type(publish.what(), said);
    byte[] document = file.under(DocumentFile.head(type, setup, setup.clock().instant()), said);
    return new Instruction.SetTariff(
        file.checked(
            document,
            bytes ->
                switch (type) {
                  case TARIFF -> Tariff.read(bytes);
                  case PRICE_AMENDMENT -> PriceAmendment.read(bytes);
                  default -> PriceSeries.read(bytes);
                }));
  }

  private static DocumentType type(Act.Prices what, ObjectNode said) {
    if (what == Act.Prices.TARIFF) {
      return DocumentType.TARIFF;
    }
    return said.has("amends") ? DocumentType.PRICE_AMENDMENT : DocumentType.PRICE_SERIES;
  }
}
