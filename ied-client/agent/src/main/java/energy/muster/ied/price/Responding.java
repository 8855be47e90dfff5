// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.price;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.response.PriceResponse;
import energy.muster.response.PriceResponses;
import energy.muster.response.PriceRule;
import energy.muster.response.PriceRule.Manner;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Which rule of the plan a device carries out just now, and how the others stand. Used by one
 * thread at a time.
 */
final class Responding {
  private Optional<Begun> begun;

  /** When anything last began or ended. */
  private Instant since;

  /** How each rule stands, in the plan's order; nothing where the plan is another. */
  private List<Stand> stands;

  /** A response that goes on. */
  private record Begun(Verb verb, Optional<Power> to, String reason, int rule) {
    static Begun read(Fields fields) {
      return new Begun(
          fields.oneOf("verb", Verb::ofWire),
          fields.optionalDecimal("toKw").map(Power::kilowatts),
          fields.text("reason"),
          Math.toIntExact(fields.optionalInteger("rule").orElse(0)));
    }

    static Begun of(Command command) {
      return new Begun(
          command.verb(),
          command.instruction() instanceof Instruction.Limit limit
              ? Optional.of(limit.max())
              : Optional.empty(),
          command.reason().orElse(""),
          Responding.rule(command));
    }

    ObjectNode write() {
      ObjectNode object = Json.object().put("verb", verb.wire());
      to.ifPresent(power -> object.put("toKw", power.kilowatts()));
      return object.put("reason", reason).put("rule", rule);
    }

    boolean is(PriceRule other) {
      Instruction would = begin(other.manner());
      return would.verb() == verb && to.map(Instruction.Limit::new).map(would::equals).orElse(true);
    }
  }

  private record Stand(boolean responding, Instant since) {}

  /**
   * @param state what the predecessor left with {@link #save}
   */
  Responding(Optional<Fields> state) {
    begun = state.flatMap(fields -> fields.optionalObject("begun")).map(Begun::read);
    since = state.flatMap(fields -> fields.optionalInstant("since")).orElse(Instant.EPOCH);
    stands =
        state.filter(fields -> fields.has("rules")).stream()
            .flatMap(fields -> fields.objects("rules").stream())
            .map(rule -> new Stand(rule.flag("responding"), rule.instant("since")))
            .toList();
  }

  /** What carries a rule out. */
  static Instruction begin(Manner manner) {
    if (manner instanceof Manner.Reduce reduce) {
      return new Instruction.Limit(reduce.to());
    }
    return Instruction.plain(manner instanceof Manner.Shed ? Verb.SHED : Verb.START);
  }

  /** What ends the response that goes on. */
  Instruction end() {
    return Instruction.plain(begun.orElseThrow().verb() == Verb.START ? Verb.STOP : Verb.RESTORE);
  }

  /** Whether a response goes on. */
  boolean goesOn() {
    return begun.isPresent();
  }

  /** Whether a response goes on that none of these rules would have. */
  boolean strange(List<PriceRule> rules) {
    return begun.filter(response -> ruleOf(response, rules).isEmpty()).isPresent();
  }

  private static OptionalInt ruleOf(Begun response, List<PriceRule> rules) {
    if (response.rule() < rules.size() && response.is(rules.get(response.rule()))) {
      return OptionalInt.of(response.rule());
    }
    for (int i = 0; i < rules.size(); i++) {
      if (response.is(rules.get(i))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** For people. */
  Optional<String> remark() {
    return begun.map(response -> response.verb() + " by its price rule: " + response.reason());
  }

  /** How one rule stands. */
  PriceResponse stand(int rule, List<PriceRule> rules) {
    return known(rules).each().get(rule);
  }

  private PriceResponses known(List<PriceRule> rules) {
    OptionalInt acting = acting(rules);
    List<PriceResponse> each = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      boolean acts = acting.equals(OptionalInt.of(i));
      each.add(
          stands.size() == rules.size()
              ? new PriceResponse(
                  rules.get(i), acts || stands.get(i).responding(), stands.get(i).since())
              : new PriceResponse(rules.get(i), acts, since));
    }
    return new PriceResponses(each);
  }

  private OptionalInt acting(List<PriceRule> rules) {
    return begun.map(response -> ruleOf(response, rules)).orElse(OptionalInt.empty());
  }

  private void keep(PriceResponses responses) {
    stands =
        responses.each().stream().map(one -> new Stand(one.responding(), one.since())).toList();
  }

  PriceResponses.Look look(
      Instant now, List<PriceRule> rules, Function<PriceRule, Optional<BigDecimal>> perKwh) {
    PriceResponses.Look look = known(rules).look(now, acting(rules), perKwh);
    keep(look.next());
    return look;
  }

  /** Its own order was carried out, or may have been. */
  void done(Command command, List<PriceRule> rules, Instant now) {
    boolean begins = Intention.begins(command.verb());
    int rule = begins ? rule(command) : acting(rules).orElse(0);
    if (rule < rules.size()) {
      keep(known(rules).after(rule, begins, now));
    }
    begun = Optional.of(Begun.of(command)).filter(response -> begins);
    since = now;
  }

  /** Nothing goes on any more, and this was not the device's own doing. */
  void overtaken(Instant now) {
    begun = Optional.empty();
    since = now;
    stands = List.of();
  }

  /** The response was ended at the thing itself. */
  void ended(List<PriceRule> rules, Instant now) {
    acting(rules).ifPresent(rule -> keep(known(rules).after(rule, false, now)));
    begun = Optional.empty();
    since = now;
  }

  /** Another plan counts. */
  void replanned() {
    stands = List.of();
  }

  private static int rule(Command command) {
    return command.info().map(info -> info.at("/price/rule").asInt(0)).orElse(0);
  }

  boolean isDefault() {
    return begun.isEmpty() && since.equals(Instant.EPOCH);
  }

  void save(ObjectNode state) {
    begun.ifPresent(response -> state.set("begun", response.write()));
    state.put("since", since.toString());
    if (stands.size() > 1) {
      ArrayNode rules = state.putArray("rules");
      stands.forEach(
          stand ->
              rules
                  .addObject()
                  .put("responding", stand.responding())
                  .put("since", stand.since().toString()));
    }
  }
}
