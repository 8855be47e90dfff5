// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.price;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Verb;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.response.Market;
import energy.muster.response.PricePlan;
import energy.muster.response.PriceResponses;
import energy.muster.response.PriceRule;
import energy.muster.tariff.OfferName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides what a device does about prices, and remembers what it did: whether it responds just now,
 * who has overruled it, what people ordered since, and whose energy it takes. Knows neither network
 * nor disk. Used by one thread at a time.
 */
public final class PriceFollower {
  private static final String NAME = "following";

  /** What was tried in vain is not tried again at once. */
  private static final Duration AGAIN = Duration.ofSeconds(15);

  /** What people order of the process itself; any of it goes before prices. */
  private static final Set<Verb> WISHES =
      EnumSet.of(
          Verb.SHED,
          Verb.RESTORE,
          Verb.START,
          Verb.STOP,
          Verb.LIMIT,
          Verb.SET_POINT,
          Verb.OPEN,
          Verb.CLOSE);

  private final Responding response;
  private final SupplierFollower supplier;
  private Optional<Hold> overruled;
  private Optional<Hold> wish;
  private Instant notBefore = Instant.EPOCH;
  private Optional<String> withheld = Optional.empty();

  /**
   * What is to be done now.
   *
   * @param again when to decide again at the latest, even if nothing changes
   */
  public record Decision(Optional<Intention> intention, Instant again) {}

  /**
   * @param saved what the predecessor left with {@link #save}
   */
  public PriceFollower(Optional<Fields> saved) {
    Optional<Fields> state = saved.flatMap(fields -> fields.optionalObject(NAME));
    response = new Responding(state);
    supplier = new SupplierFollower(state);
    overruled = state.flatMap(fields -> fields.optionalObject("overruled")).map(Hold::read);
    wish = state.flatMap(fields -> fields.optionalObject("wish")).map(Hold::read);
  }

  /** Whose energy it takes. */
  public SupplierFollower supplier() {
    return supplier;
  }

  /** Decides; nothing is changed by it but what is over, and how rules stand that wait. */
  public Decision decide(Instant now, Optional<PricePlan> plan, Market market) {
    withheld = Optional.empty();
    overruled = overruled.filter(hold -> !hold.over(now));
    wish = wish.filter(hold -> !hold.over(now));
    Decision decision = wanted(now, plan, market);
    if (decision.intention().isPresent() && now.isBefore(notBefore)) {
      return new Decision(Optional.empty(), earlier(notBefore, decision.again()));
    }
    return decision;
  }

  private Decision wanted(Instant now, Optional<PricePlan> plan, Market market) {
    List<PriceRule> rules = rules(plan);
    Instant again = now.plus(Duration.ofDays(1));
    if (wish.isPresent()) {
      return nothing(wish.get().until().orElse(again));
    }
    if (overruled.isPresent()) {
      return response.goesOn()
          ? end("prices are " + overruled.get().what(), again)
          : nothing(overruled.get().until().orElse(again));
    }
    if (rules.isEmpty() || response.strange(rules)) {
      return response.goesOn()
          ? end("its price rule is " + (rules.isEmpty() ? "taken away" : "another"), again)
          : nothing(again);
    }
    return look(now, plan.orElseThrow(), market);
  }

  private static List<PriceRule> rules(Optional<PricePlan> plan) {
    return plan.map(PricePlan::rules).orElse(List.of());
  }

  private static Decision nothing(Instant again) {
    return new Decision(Optional.empty(), again);
  }

  private Decision end(String why, Instant again) {
    return new Decision(Optional.of(new Intention(response.end(), why, Json.object())), again);
  }

  private Decision look(Instant now, PricePlan plan, Market market) {
    PriceResponses.Look look =
        response.look(now, plan.rules(), rule -> asked(now, plan, rule, market).perKwh());
    Instant again = look.again();
    for (PriceRule rule : plan.rules()) {
      Market.Asked asked = asked(now, plan, rule, market);
      if (asked.perKwh().isEmpty()) {
        withheld = Optional.of("does nothing about prices: " + asked.source());
      }
      again = earlier(again, asked.again());
    }
    return new Decision(look.step().map(step -> intention(now, step, plan, market)), again);
  }

  /** What counts for a rule: what its supplier asks, or the one who asks least. */
  private Market.Asked asked(Instant now, PricePlan plan, PriceRule rule, Market market) {
    return rule.all()
        ? market.lowest(plan.offers(), rule.currency(), now)
        : market.ask(supplier.offer(plan), rule.currency(), now);
  }

  private Intention intention(
      Instant now, PriceResponses.Step step, PricePlan plan, Market market) {
    PriceRule rule = plan.rules().get(step.rule());
    Market.Asked asked = asked(now, plan, rule, market);
    ObjectNode info = Json.object();
    ObjectNode price =
        info.putObject("price")
            .put("rule", step.rule())
            .put("offer", asked.offer().toString())
            .put("currency", rule.currency().getCurrencyCode())
            .put("limit", step.limit().perKwh().toPlainString())
            .put("source", asked.source());
    asked.perKwh().ifPresent(perKwh -> price.put("perKwh", perKwh.toPlainString()));
    return new Intention(
        step.begin() ? Responding.begin(rule.manner()) : response.end(),
        step.reason() + (rule.all() ? ", and none is cheaper" : "") + " (" + asked.source() + ")",
        info);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whether a response goes on. */
  public boolean responds() {
    return response.goesOn();
  }

  /** It is not known what time it is, so neither what price counts. */
  public void unsure() {
    withheld = Optional.of("does nothing about prices: its clock is unsure");
  }

  /** What it intended is not begun: something else forbids it. */
  public void refused(Intention intention, Refusal refusal, Optional<PricePlan> plan, Instant now) {
    if (!intention.begins() && refusal.reason() == Reason.ALREADY_THERE) {
      // Somebody has ended it at the thing itself.
      response.ended(rules(plan), now);
      notBefore = Instant.EPOCH;
    } else if (refusal.reason() != Reason.BUSY) {
      withheld =
          Optional.of("prices would have it " + intention.verb() + ", but " + refusal.text());
    }
  }

  /**
   * An order on the process itself has ended.
   *
   * @param own whether the device gave it to itself
   */
  public void concluded(
      Command command, Result result, boolean own, Optional<PricePlan> plan, Instant now) {
    boolean done = result instanceof Result.Executed;
    if (own && (done || result instanceof Result.Uncertain)) {
      // Who cannot know does not try a second time.
      response.done(command, rules(plan), now);
      notBefore = Instant.EPOCH;
    } else if (own) {
      notBefore = now.plus(AGAIN);
    } else if (done && WISHES.contains(command.verb())) {
      overtaken(now, Optional.empty());
      wish = wishOf(command);
    }
  }

  /** What a master IED undoes under its mandate, it gives back. */
  private static Optional<Hold> wishOf(Command command) {
    return command.mandate().isPresent() && command.until().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Hold(
                command.header().issuer().local() + " ordered " + command.verb(), command.until()));
  }

  /** What an order with an end had done was undone, or the device has protected itself. */
  public void overtaken(Instant now, Optional<String> by) {
    response.overtaken(now);
    notBefore = Instant.EPOCH;
    wish = by.map(what -> new Hold(what, Optional.empty()));
  }

  /** Somebody's word goes before prices until then. */
  public void overrule(String who, Instant until, Optional<String> why) {
    overruled =
        Optional.of(
            new Hold(
                "overruled by " + who + why.map(text -> " (" + text + ")").orElse(""),
                Optional.of(until)));
  }

  /** It goes by its rule again, whatever was ordered before. */
  public void follow() {
    overruled = Optional.empty();
    wish = Optional.empty();
    notBefore = Instant.EPOCH;
  }

  /** Another plan was signed: what was ordered without an end before that is not about it. */
  public void replanned() {
    wish = wish.filter(hold -> hold.until().isPresent());
    response.replanned();
    notBefore = Instant.EPOCH;
  }

  /** What people should know of it, in short. */
  public List<String> remarks(Optional<PricePlan> plan, Function<Instant, String> spoken) {
    List<String> remarks = new ArrayList<>();
    if (plan.isEmpty() && !response.goesOn()) {
      return remarks;
    }
    response.remark().ifPresent(remarks::add);
    wish.map(hold -> held("prices wait, as ", hold, spoken)).ifPresent(remarks::add);
    overruled.map(hold -> held("prices are ", hold, spoken)).ifPresent(remarks::add);
    withheld.ifPresent(remarks::add);
    plan.filter(several -> several.choice().isPresent())
        .ifPresent(several -> remarks.add("takes " + supplier.offer(several)));
    return remarks;
  }

  private static String held(String head, Hold hold, Function<Instant, String> spoken) {
    return head
        + hold.what()
        + hold.until()
            .map(end -> ", until " + spoken.apply(end))
            .orElse(", until somebody lifts it");
  }

  /** What its plan is and how things stand by it, at length. */
  public Optional<String> standing(Instant now, Optional<PricePlan> plan, Market market) {
    return plan.map(
        known ->
            "prices: "
                + known
                + "; now "
                + prices(now, known, market)
                + supplier
                    .standing(now, known, market)
                    .map(costs -> "; its usage: " + costs)
                    .orElse(""));
  }

  private String prices(Instant now, PricePlan plan, Market market) {
    if (plan.rules().isEmpty()) {
      OfferName offer = supplier.offer(plan);
      Market.Asked asked = market.ask(offer, plan.currency(), now);
      return said(
          asked.perKwh().map(perKwh -> perKwh.toPlainString() + " " + plan.currency() + " a kWh"),
          asked);
    }
    return IntStream.range(0, plan.rules().size())
        .mapToObj(
            rule -> {
              Market.Asked asked = asked(now, plan, plan.rules().get(rule), market);
              return said(
                  asked
                      .perKwh()
                      .map(perKwh -> response.stand(rule, plan.rules()).said(now, perKwh)),
                  asked);
            })
        .collect(Collectors.joining("; "));
  }

  private static String said(Optional<String> price, Market.Asked asked) {
    return price.map(known -> known + " (" + asked.source() + ")").orElse(asked.source());
  }

  public void save(ObjectNode state) {
    if (overruled.isEmpty() && wish.isEmpty() && response.isDefault() && supplier.isDefault()) {
      return;
    }
    ObjectNode object = state.putObject(NAME);
    response.save(object);
    supplier.save(object);
    overruled.ifPresent(hold -> object.set("overruled", hold.write()));
    wish.ifPresent(hold -> object.set("wish", hold.write()));
  }
}
