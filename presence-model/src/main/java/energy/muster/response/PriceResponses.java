// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import energy.muster.response.PriceRule.Manner;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How all rules of a plan stand. The first that responds is carried out; those after it follow the
 * price on paper meanwhile, so that the next takes over when the first is done.
 *
 * @param each in the plan's order
 */
public record PriceResponses(List<PriceResponse> each) {

  /**
   * Something to do.
   *
   * @param rule whose response begins, or ends, counted from 0
   * @param begin whether it begins; otherwise it ends
   * @param reason for people
   */
  public record Step(int rule, boolean begin, PriceLimit limit, String reason) {}

  /**
   * What came of a look.
   *
   * @param next how the rules stand now, those on paper too
   * @param again when to look again at the latest, even if prices stay as they are
   */
  public record Look(PriceResponses next, Optional<Step> step, Instant again) {}

  public PriceResponses {
    each = List.copyOf(each);
  }

  /** Of a device that does not respond and may at any time. */
  public static PriceResponses idle(List<PriceRule> rules) {
    return new PriceResponses(rules.stream().map(PriceResponse::idle).toList());
  }

  /** Nothing responds any more: somebody else has said how the thing stands. */
  public PriceResponses overtaken(Instant at) {
    return new PriceResponses(each.stream().map(one -> off(one, at)).toList());
  }

  /** Once this was carried out: nothing before it responds, and it does, or has ended. */
  public PriceResponses after(int rule, boolean begin, Instant at) {
    List<PriceResponse> next = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      PriceResponse one = each.get(i);
      next.add(
          i < rule ? off(one, at) : i == rule ? new PriceResponse(one.rule(), begin, at) : one);
    }
    return new PriceResponses(next);
  }

  private static PriceResponse off(PriceResponse one, Instant at) {
    return one.responding() ? new PriceResponse(one.rule(), false, at) : one;
  }

  /**
   * Looks at prices.
   *
   * @param acting the rule that is carried out, if one is
   * @param perKwh what counts for a rule; empty when it is not known, and then nothing is to be
   *     done
   */
  public Look look(
      Instant now, OptionalInt acting, Function<PriceRule, Optional<BigDecimal>> perKwh) {
    List<PriceResponse> next = new ArrayList<>(each);
    Optional<Step> step = Optional.empty();
    Optional<Instant> again = Optional.empty();
    for (int i = 0; i < each.size(); i++) {
      PriceResponse one = each.get(i);
      Optional<BigDecimal> price = perKwh.apply(one.rule());
      PriceResponse.Look look = one.look(now, price);
      again =
          Optional.of(again.filter(before -> before.isBefore(look.again())).orElse(look.again()));
      boolean carriedOut = acting.equals(OptionalInt.of(i));
      boolean before = acting.isEmpty() || i < acting.getAsInt();
      if (carriedOut) {
        int rule = i;
        step = step.or(() -> look.act().map(act -> step(rule, act)));
      } else if (before && step.isEmpty()) {
        step = beginning(i, look, now, price);
      }
      if (!carriedOut && (!before || one.responding())) {
        next.set(i, look.act().map(act -> one.after(act, now)).orElse(one));
      }
    }
    PriceResponses stand = new PriceResponses(next);
    return new Look(stand, step.map(stand::handedOver), again.orElseThrow());
  }

  private static Step step(int rule, PriceResponse.Act act) {
    return new Step(rule, act.begin(), act.limit(), act.reason());
  }

  /** One that is to begin, or that has responded on paper and still does. */
  private Optional<Step> beginning(
      int rule, PriceResponse.Look look, Instant now, Optional<BigDecimal> price) {
    PriceResponse one = each.get(rule);
    if (!one.responding()) {
      return look.act().map(act -> step(rule, act));
    }
    return look.act().isPresent()
        ? Optional.empty()
        : Optional.of(
            new Step(
                rule,
                true,
                one.rule().limitAt(now),
                price.map(perKwh -> one.said(now, perKwh)).orElse("it was dear before")));
  }

  /** From one limit to the next without coming back in between. */
  private Step handedOver(Step step) {
    if (step.begin() || !(each.get(step.rule()).rule().manner() instanceof Manner.Reduce)) {
      return step;
    }
    for (int i = step.rule() + 1; i < each.size(); i++) {
      if (each.get(i).responding()) {
        return each.get(i).rule().manner() instanceof Manner.Reduce
            ? new Step(i, true, step.limit(), step.reason())
            : step;
      }
    }
    return step;
  }
}
