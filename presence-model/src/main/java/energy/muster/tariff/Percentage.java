// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * A tax, or a rider that is a share of other charges.
 *
 * @param name as on the bill
 * @param percent may be negative
 * @param of the charges by their names, also earlier percentages; everything that stands on the
 *     bill before it where it is empty
 */
public record Percentage(String name, BigDecimal percent, List<String> of) {
  public Percentage {
    Terms.label(name);
    Objects.requireNonNull(percent);
    of = Terms.distinct(name + ", of", of);
  }

  /** The share as a factor: 0.19 of 19 percent. */
  public BigDecimal factor() {
    return percent.movePointLeft(2);
  }

  static Percentage read(Fields fields) {
    return new Percentage(
        fields.text("name"), fields.value("percent", Decimals::parse), Terms.names(fields, "of"));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("name", name).put("percent", percent.toPlainString());
    Terms.putNames(object, "of", of);
    return object;
  }
}
