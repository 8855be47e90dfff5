// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What is owed whatever is used; a negative amount is a credit.
 *
 * @param name as on the bill
 * @param amount in the tariff's currency, for each {@code per}
 * @param perKilowatt whether it is for each kilowatt of the power that was contracted
 * @param months 1 to 12, in which a billing month has it that begins in them; all where it is empty
 */
public record FixedCharge(
    String name, Per per, BigDecimal amount, boolean perKilowatt, List<Integer> months) {
  private static final int MONTHS = 12;

  public FixedCharge {
    Terms.label(name);
    Objects.requireNonNull(per);
    Objects.requireNonNull(amount);
    months = Terms.distinct(name + ", months", months);
    Terms.require(
        months.stream().allMatch(month -> month >= 1 && month <= MONTHS),
        "%s: a month is 1 to 12",
        name);
  }

  static FixedCharge read(Fields fields) {
    return new FixedCharge(
        fields.text("name"),
        fields.oneOf("per", Per::ofWire),
        fields.value("amount", Decimals::parse),
        fields.optionalFlag("perKw"),
        fields.has("months") ? fields.values("months", FixedCharge::month) : List.of());
  }

  private static int month(String text) {
    Terms.require(text.matches("[1-9][0-2]?"), "'%s' is no month, 1 to 12", text);
    return Integer.parseInt(text);
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("name", name)
            .put("per", per.wire())
            .put("amount", amount.toPlainString());
    if (perKilowatt) {
      object.put("perKw", true);
    }
    Terms.putNames(object, "months", months.stream().map(String::valueOf).toList());
    return object;
  }
}
