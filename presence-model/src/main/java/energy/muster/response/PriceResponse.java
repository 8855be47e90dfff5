// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import energy.muster.response.PriceRule.Manner;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a device responds to the price just now, and since when. A price above the limit asks for
 * a response; one that is the hysteresis below it for its end; between the two, all stays as it is,
 * and without a price, too. Neither begins nor ends before the shortest time for what is so has
 * passed.
 *
 * @param since when it began or ended; long ago at first
 */
public record PriceResponse(PriceRule rule, boolean responding, Instant since) {

  /**
   * Something to do.
   *
   * @param begin whether the response begins; otherwise it ends
   * @param limit the one that counts
   * @param reason for people
   */
  public record Act(boolean begin, PriceLimit limit, String reason) {}

  /**
   * What came of a look.
   *
   * @param act what to do; empty when nothing is
   * @param again when to look again at the latest, even if the price stays as it is
   */
  public record Look(Optional<Act> act, Instant again) {}

  public PriceResponse {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(since);
  }

  /** Of a device that does not respond and may at any time. */
  public static PriceResponse idle(PriceRule rule) {
    return new PriceResponse(rule, false, Instant.EPOCH);
  }

  /** Once an act is done. */
  public PriceResponse after(Act act, Instant at) {
    return new PriceResponse(rule, act.begin(), at);
  }

  /**
   * Looks at the price, which changes nothing.
   *
   * @param perKwh in the rule's currency; empty when none is known, and then nothing is to be done
   */
  public Look look(Instant now, Optional<BigDecimal> perKwh) {
    Instant edge = rule.limitEdgeAfter(now);
    PriceLimit limit = rule.limitAt(now);
    boolean wanted = perKwh.map(price -> price.compareTo(threshold(limit)) > 0).orElse(responding);
    if (wanted == responding) {
      return new Look(Optional.empty(), edge);
    }
    Instant earliest = since.plus(responding ? rule.shortestResponse() : rule.shortestRest());
    if (now.isBefore(earliest)) {
      return new Look(Optional.empty(), earliest.isBefore(edge) ? earliest : edge);
    }
    Act act = new Act(wanted, limit, said(now, perKwh.orElseThrow()));
    return new Look(Optional.of(act), edge);
  }

  /** The price above which there is to be a response, as things are. */
  private BigDecimal threshold(PriceLimit limit) {
    return responding ? limit.perKwh().subtract(rule.hysteresis()) : limit.perKwh();
  }

  /** How a price compares with what counts now, for people. */
  public String said(Instant now, BigDecimal perKwh) {
    PriceLimit limit = rule.limitAt(now);
    boolean above = perKwh.compareTo(limit.perKwh()) > 0;
    boolean within = responding && !above && perKwh.compareTo(threshold(limit)) > 0;
    return "%s %s a kWh is %s the %s%s"
        .formatted(
            perKwh.toPlainString(),
            rule.currency(),
            above
                ? "above"
                : within
                    ? "not yet " + rule.hysteresis().toPlainString() + " below"
                    : responding ? "no longer above" : "not above",
            rule.manner() instanceof Manner.Generate ? "own cost of " : "limit of ",
            limit);
  }
}
