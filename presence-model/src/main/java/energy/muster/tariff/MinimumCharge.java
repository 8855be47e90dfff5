// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * The least that certain charges come to: what they lack is owed too.
 *
 * @param name as on the bill
 * @param of the charges by their names; all fixed, energy and demand charges where it is empty
 */
public record MinimumCharge(String name, Per per, BigDecimal amount, List<String> of) {
  public MinimumCharge {
    Terms.label(name);
    Objects.requireNonNull(per);
    Terms.notNegative(name, amount);
    of = Terms.distinct(name + ", of", of);
  }

  static MinimumCharge read(Fields fields) {
    return new MinimumCharge(
        fields.text("name"),
        fields.oneOf("per", Per::ofWire),
        fields.value("amount", Decimals::parse),
        Terms.names(fields, "of"));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("name", name)
            .put("per", per.wire())
            .put("amount", amount.toPlainString());
    Terms.putNames(object, "of", of);
    return object;
  }
}
