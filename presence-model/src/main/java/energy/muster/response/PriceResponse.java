// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import energy.muster.response.PriceRule.Manner;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a device responds to the price just now, and since when. It does not change: each look at
 * the price gives the next. A price above the limit begins a response; one that is the hysteresis
 * below it ends it; between the two, all stays as it is. Without a price nothing speaks for a
 * response. Neither begins nor ends before the shortest time for what is so has passed, nor while
 * an operator has overruled it.
 *
 * @param since when it began or ended; long ago at first
 * @param overruledUntil until then an operator's word counts
 */
public record PriceResponse(
    PriceRule rule, boolean responding, Instant since, Optional<Instant> overruledUntil) {

  /**
   * Something to do.
   *
   * @param begin whether the response begins; otherwise it ends
   * @param reason for people
   */
  public record Act(boolean begin, String reason) {}

  /**
   * What came of a look.
   *
   * @param next what holds from now on
   * @param act what to do; empty when nothing is
   * @param again when to look again at the latest, even if the price stays as it is
   */
  public record Look(PriceResponse next, Optional<Act> act, Instant again) {}

  public PriceResponse {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(since);
    Objects.requireNonNull(overruledUntil);
  }

  /** Of a device that does not respond and may at any time. */
  public static PriceResponse idle(PriceRule rule) {
    return new PriceResponse(rule, false, Instant.EPOCH, Optional.empty());
  }

  /**
   * By an operator's word.
   *
   * @param responding what the operator made of it
   * @param until when the price counts again
   */
  public PriceResponse overruled(boolean responding, Instant now, Instant until) {
    return new PriceResponse(
        rule, responding, responding == this.responding ? since : now, Optional.of(until));
  }

  /**
   * Looks at the price.
   *
   * @param perKwh in the rule's currency; empty when none is known
   */
  public Look look(Instant now, Optional<BigDecimal> perKwh) {
    if (overruledUntil.filter(now::isBefore).isPresent()) {
      return new Look(this, Optional.empty(), earlier(overruledUntil.get(), edge(now)));
    }
    PriceLimit limit = rule.limitAt(now);
    boolean wanted = perKwh.map(price -> price.compareTo(threshold(limit)) > 0).orElse(false);
    PriceResponse free = new PriceResponse(rule, responding, since, Optional.empty());
    if (wanted == responding) {
      return new Look(free, Optional.empty(), edge(now));
    }
    Instant earliest = since.plus(responding ? rule.shortestResponse() : rule.shortestRest());
    if (now.isBefore(earliest)) {
      return new Look(free, Optional.empty(), earlier(earliest, edge(now)));
    }
    return new Look(
        new PriceResponse(rule, wanted, now, Optional.empty()),
        Optional.of(new Act(wanted, reason(wanted, limit, perKwh))),
        edge(now));
  }

  /** The price above which there is to be a response, as things are. */
  private BigDecimal threshold(PriceLimit limit) {
    return responding ? limit.perKwh().subtract(rule.hysteresis()) : limit.perKwh();
  }

  private Instant edge(Instant now) {
    return rule.limitEdgeAfter(now);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private String reason(boolean begin, PriceLimit limit, Optional<BigDecimal> perKwh) {
    String what = rule.manner() instanceof Manner.Generate ? "own cost of " : "limit of ";
    return perKwh
        .map(
            price ->
                "%s %s a kWh is %s the %s%s"
                    .formatted(
                        price.toPlainString(),
                        rule.currency(),
                        begin ? "above" : "no longer above",
                        what,
                        limit))
        .orElse("no price is known");
  }

  /** How long it has been so. */
  public Duration held(Instant now) {
    return Duration.between(since, now);
  }
}
