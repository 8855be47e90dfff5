// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.math.BigDecimal;
import java.util.List;

/** What a kilowatt-hour costs. */
public sealed interface EnergyPrice {
  void write(ObjectNode rate);

  /**
   * A price that the tariff itself says.
   *
   * @param tiers 1 to 16; one for a price that is the same for any amount
   */
  record Stated(List<Tier> tiers) implements EnergyPrice {
    public Stated {
      tiers = Tier.requireRising(tiers);
    }

    @Override
    public void write(ObjectNode rate) {
      Tier.writeAll(rate, tiers);
    }
  }

  /**
   * A price that follows a series of the same supplier: its price, times a factor, and something on
   * top.
   */
  record Following(String series, BigDecimal factor, BigDecimal plus) implements EnergyPrice {
    public Following {
      Terms.name(series);
    }

    /** What a kilowatt-hour costs when the series says this. */
    public BigDecimal of(BigDecimal price) {
      return price.multiply(factor).add(plus);
    }

    @Override
    public void write(ObjectNode rate) {
      rate.put("series", series)
          .put("factor", factor.toPlainString())
          .put("plus", plus.toPlainString());
    }
  }

  static EnergyPrice read(Fields rate) {
    return rate.has("series")
        ? new Following(
            rate.text("series"),
            rate.value("factor", Decimals::parse),
            rate.value("plus", Decimals::parse))
        : new Stated(Tier.readAll(rate));
  }
}
