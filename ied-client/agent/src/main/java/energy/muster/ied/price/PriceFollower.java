// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.price;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.response.Market;
import energy.muster.response.PricePlan;
import energy.muster.response.PriceResponse;
import energy.muster.response.PriceRule;
import energy.muster.response.PriceRule.Manner;
import energy.muster.response.SupplierChoice;
import energy.muster.tariff.OfferName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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

  private Optional<Begun> begun;
  private Instant since;
  private Optional<Hold> overruled;
  private Optional<Hold> wish;
  private Optional<Supply> supply;
  private Instant notBefore = Instant.EPOCH;
  private Optional<String> withheld = Optional.empty();

  /** A response that goes on. */
  private record Begun(Verb verb, String reason) {
    static Begun read(Fields fields) {
      return new Begun(fields.oneOf("verb", Verb::ofWire), fields.text("reason"));
    }

    ObjectNode write() {
      return Json.object().put("verb", verb.wire()).put("reason", reason);
    }

    Instruction end() {
      return Instruction.plain(verb == Verb.START ? Verb.STOP : Verb.RESTORE);
    }
  }

  /** Whose energy it takes, and since when. */
  private record Supply(OfferName offer, Instant since) {
    static Supply read(Fields fields) {
      return new Supply(fields.value("offer", OfferName::parse), fields.instant("since"));
    }

    ObjectNode write() {
      return Json.object().put("offer", offer.toString()).put("since", since.toString());
    }
  }

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
    begun = state.flatMap(fields -> fields.optionalObject("begun")).map(Begun::read);
    since = state.flatMap(fields -> fields.optionalInstant("since")).orElse(Instant.EPOCH);
    overruled = state.flatMap(fields -> fields.optionalObject("overruled")).map(Hold::read);
    wish = state.flatMap(fields -> fields.optionalObject("wish")).map(Hold::read);
    supply = state.flatMap(fields -> fields.optionalObject("supply")).map(Supply::read);
  }

  /** Whose energy it takes from now on, if that is another; the caller writes it down. */
  public Optional<SupplierChoice.Change> choose(Instant now, PricePlan plan, Market market) {
    if (plan.choice().isEmpty()) {
      return Optional.empty();
    }
    Supply from = supply(plan);
    Optional<SupplierChoice.Change> change =
        new SupplierChoice(
                from.offer(),
                from.since(),
                plan.choice().get().margin(),
                plan.choice().get().shortestStay())
            .look(now, market.ask(plan.offers(), plan.currency(), now));
    change.ifPresent(to -> supply = Optional.of(new Supply(to.to(), now)));
    return change;
  }

  /** When another supplier may be the cheapest, unless more is published. */
  public Optional<Instant> chooseAgain(Instant now, PricePlan plan, Market market) {
    return plan.choice()
        .flatMap(
            choice ->
                Stream.concat(
                        Stream.of(supply(plan).since().plus(choice.shortestStay())),
                        plan.offers().stream()
                            .map(offer -> market.ask(offer, plan.currency(), now).again()))
                    .filter(now::isBefore)
                    .min(Instant::compareTo));
  }

  private Supply supply(PricePlan plan) {
    return supply
        .filter(known -> plan.offers().contains(known.offer()))
        .orElseGet(() -> new Supply(plan.offers().get(0), Instant.EPOCH));
  }

  private OfferName offer(PricePlan plan) {
    return supply(plan).offer();
  }

  /** Decides; nothing is changed by it but what is over. */
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
    Optional<PriceRule> rule = plan.flatMap(PricePlan::rule);
    Instant again = now.plus(Duration.ofDays(1));
    if (wish.isPresent()) {
      return nothing(wish.get().until().orElse(again));
    }
    if (overruled.isPresent()) {
      return begun
          .map(response -> end(response, "prices are " + overruled.get().what(), again))
          .orElseGet(() -> nothing(overruled.get().until().orElse(again)));
    }
    if (rule.isEmpty() || begun.filter(response -> !fits(response, rule.get())).isPresent()) {
      String why = "its price rule is " + (rule.isEmpty() ? "taken away" : "another");
      return begun.map(response -> end(response, why, again)).orElseGet(() -> nothing(again));
    }
    return look(now, plan.orElseThrow(), rule.get(), market);
  }

  private static boolean fits(Begun response, PriceRule rule) {
    return response.verb() == begin(rule.manner()).verb();
  }

  private static Decision nothing(Instant again) {
    return new Decision(Optional.empty(), again);
  }

  private static Decision end(Begun response, String why, Instant again) {
    return new Decision(Optional.of(new Intention(response.end(), why, Json.object())), again);
  }

  private Decision look(Instant now, PricePlan plan, PriceRule rule, Market market) {
    Market.Asked asked = market.ask(offer(plan), rule.currency(), now);
    if (asked.perKwh().isEmpty()) {
      withheld = Optional.of("does nothing about prices: " + asked.source());
    }
    PriceResponse.Look look =
        new PriceResponse(rule, begun.isPresent(), since).look(now, asked.perKwh());
    return new Decision(
        look.act().map(act -> intention(act, rule, asked)), earlier(look.again(), asked.again()));
  }

  private Intention intention(PriceResponse.Act act, PriceRule rule, Market.Asked asked) {
    ObjectNode info = Json.object();
    info.putObject("price")
        .put("offer", asked.offer().toString())
        .put("perKwh", asked.perKwh().orElseThrow().toPlainString())
        .put("currency", rule.currency().getCurrencyCode())
        .put("limit", act.limit().perKwh().toPlainString())
        .put("source", asked.source());
    return new Intention(
        act.begin() ? begin(rule.manner()) : begun.orElseThrow().end(),
        act.reason() + " (" + asked.source() + ")",
        info);
  }

  private static Instruction begin(Manner manner) {
    if (manner instanceof Manner.Reduce reduce) {
      return new Instruction.Limit(reduce.to());
    }
    return Instruction.plain(manner instanceof Manner.Shed ? Verb.SHED : Verb.START);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whether a response goes on. */
  public boolean responds() {
    return begun.isPresent();
  }

  /** It is not known what time it is, so neither what price counts. */
  public void unsure() {
    withheld = Optional.of("does nothing about prices: its clock is unsure");
  }

  /** What it intended is not begun: something else forbids it. */
  public void refused(Intention intention, Refusal refusal, Instant now) {
    if (!intention.begins() && refusal.reason() == Reason.ALREADY_THERE) {
      // Somebody has ended it at the thing itself.
      turn(Optional.empty(), now);
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
  public void concluded(Command command, Result result, boolean own, Instant now) {
    boolean done = result instanceof Result.Executed;
    if (own && (done || result instanceof Result.Uncertain)) {
      // Who cannot know does not try a second time.
      turn(
          Optional.of(new Begun(command.verb(), command.reason().orElse("")))
              .filter(response -> Intention.begins(response.verb())),
          now);
    } else if (own) {
      notBefore = now.plus(AGAIN);
    } else if (done && WISHES.contains(command.verb())) {
      turn(Optional.empty(), now);
      wish = wishOf(command);
    }
  }

  private void turn(Optional<Begun> response, Instant now) {
    begun = response;
    since = now;
    notBefore = Instant.EPOCH;
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
    turn(Optional.empty(), now);
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
    notBefore = Instant.EPOCH;
  }

  /** What people should know of it, in short. */
  public List<String> remarks(Optional<PricePlan> plan, Function<Instant, String> spoken) {
    List<String> remarks = new ArrayList<>();
    if (plan.isEmpty() && begun.isEmpty()) {
      return remarks;
    }
    begun.ifPresent(
        response -> remarks.add(response.verb() + " by its price rule: " + response.reason()));
    wish.map(hold -> held("prices wait, as ", hold, spoken)).ifPresent(remarks::add);
    overruled.map(hold -> held("prices are ", hold, spoken)).ifPresent(remarks::add);
    withheld.ifPresent(remarks::add);
    plan.filter(several -> several.choice().isPresent())
        .ifPresent(several -> remarks.add("takes " + offer(several)));
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
        known -> {
          Market.Asked asked = market.ask(offer(known), known.currency(), now);
          String price =
              asked
                  .perKwh()
                  .map(
                      perKwh ->
                          known
                              .rule()
                              .map(rule -> response(rule).said(now, perKwh))
                              .orElseGet(
                                  () -> perKwh.toPlainString() + " " + known.currency() + " a kWh"))
                  .map(said -> said + " (" + asked.source() + ")")
                  .orElse(asked.source());
          return "prices: " + known + "; now " + price;
        });
  }

  private PriceResponse response(PriceRule rule) {
    return new PriceResponse(rule, begun.isPresent(), since);
  }

  public void save(ObjectNode state) {
    boolean something =
        begun.isPresent() || overruled.isPresent() || wish.isPresent() || supply.isPresent();
    if (!something && since.equals(Instant.EPOCH)) {
      return;
    }
    ObjectNode object = state.putObject(NAME);
    begun.ifPresent(response -> object.set("begun", response.write()));
    object.put("since", since.toString());
    overruled.ifPresent(hold -> object.set("overruled", hold.write()));
    wish.ifPresent(hold -> object.set("wish", hold.write()));
    supply.ifPresent(taken -> object.set("supply", taken.write()));
  }
}
