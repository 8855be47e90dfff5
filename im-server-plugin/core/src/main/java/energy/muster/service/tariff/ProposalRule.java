// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a utility wants to be asked whether to shed.
 *
 * @param offer the tariff or series whose price counts
 * @param above a kilowatt-hour, in its currency
 * @param shed what is proposed
 * @param area whose loads
 */
public record ProposalRule(OfferName offer, BigDecimal above, Power shed, Area area) {
  private static final Pattern WORDS =
      Pattern.compile(
          "(\\S+) above (-?[0-9]+(?:\\.[0-9]+)?): shed ([0-9]+(?:\\.[0-9]+)?) kW from (\\S+)");

  public ProposalRule {
    Objects.requireNonNull(offer);
    Objects.requireNonNull(above);
    Objects.requireNonNull(shed);
    Objects.requireNonNull(area);
  }

  /** {@code northco/home above 0.80: shed 500 kW from branch-60}. */
  public static ProposalRule parse(String text) {
    Matcher words = WORDS.matcher(text.strip());
    if (!words.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text.strip()
              + "' is not like: northco/home above 0.80: shed 500 kW from branch-60");
    }
    return new ProposalRule(
        OfferName.parse(words.group(1)),
        new BigDecimal(words.group(2)),
        new Power(new BigDecimal(words.group(3))),
        new Area(words.group(4)));
  }
}
