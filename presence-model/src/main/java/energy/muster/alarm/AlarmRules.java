// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import energy.muster.alarm.Trigger.Level;
import energy.muster.alarm.Trigger.Noticed;
import energy.muster.alarm.Trigger.Side;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything one device watches for, each rule under a name of its own. */
public record AlarmRules(List<AlarmRule> all) {
  public static final AlarmRules NONE = new AlarmRules(List.of());
  public static final int MOST = 32;

  public AlarmRules {
    all = List.copyOf(all);
    if (all.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " alarm rules");
    }
    if (all.stream().map(AlarmRule::name).distinct().count() < all.size()) {
      throw new IllegalArgumentException("an alarm rule's name stands once");
    }
  }

  public Optional<AlarmRule> named(RuleName name) {
    return all.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  /**
   * The same with some changed: of a rule that there is what a change names, a rule that there is
   * not as a whole. One that is to be {@code off} goes.
   */
  public AlarmRules with(List<Fields> changes) {
    Map<RuleName, AlarmRule> next = new LinkedHashMap<>();
    all.forEach(rule -> next.put(rule.name(), rule));
    changes.forEach(change -> change(next, change));
    return new AlarmRules(List.copyOf(next.values()));
  }

  private static void change(Map<RuleName, AlarmRule> rules, Fields change) {
    RuleName name = change.some(known -> known.value("name", RuleName::new));
    AlarmRule before = rules.get(name);
    if (change.has("off")) {
      boolean off =
          change.all(
              known -> known.value("name", RuleName::new) != null && known.optionalFlag("off"));
      if (before == null || !off) {
        throw new IllegalArgumentException("there is no rule " + name + " to be off");
      }
      rules.remove(name);
    } else {
      rules.put(name, before == null ? AlarmRule.read(change) : before.with(change));
    }
  }

  public static AlarmRules read(List<Fields> rules) {
    return new AlarmRules(rules.stream().map(AlarmRule::read).toList());
  }

  public ArrayNode write() {
    ArrayNode array = Json.array();
    all.forEach(rule -> array.add(rule.write()));
    return array;
  }

  /** What such a device watches for unless its signed settings say otherwise. */
  public static AlarmRules defaultsFor(DeviceKind kind) {
    List<AlarmRule> rules = new ArrayList<>();
    switch (kind) {
      case BREAKER, RELAY -> {
        rules.addAll(LOADING);
        rules.add(noticed("breaker-tripped", Happening.TRIPPED, Priority.CRITICAL));
      }
      case RTU -> rules.addAll(LOADING);
      // It runs at its rating by design; what ends that is its fuel.
      case GENERATOR -> rules.add(LOW_FUEL);
      case LOAD, METER -> {
        // What draws its own power has no rating to come near to.
      }
    }
    rules.add(TOO_HOT);
    rules.add(noticed("outage", Happening.SUPPLY_LOST, Priority.CRITICAL));
    rules.add(
        new AlarmRule(
            new RuleName("tamper"),
            new Noticed(Happening.TAMPER),
            Duration.ZERO,
            Duration.ZERO,
            true,
            Priority.HIGH));
    rules.add(noticed("service-required", Happening.SERVICE_REQUIRED, Priority.LOW));
    return new AlarmRules(rules);
  }

  private static final List<AlarmRule> LOADING =
      List.of(
          level("high-loading", Quantity.LOAD, Side.ABOVE, 80, 5, 10, 30, Priority.MEDIUM),
          level("trip-imminent", Quantity.LOAD, Side.ABOVE, 95, 3, 2, 10, Priority.CRITICAL));

  private static final AlarmRule LOW_FUEL =
      level("low-fuel", Quantity.FUEL, Side.BELOW, 20, 2, 10, 30, Priority.HIGH);

  private static final AlarmRule TOO_HOT =
      level(
          "temperature-exceeded", Quantity.TEMPERATURE, Side.ABOVE, 100, 5, 10, 30, Priority.HIGH);

  private static AlarmRule level(
      String name,
      Quantity quantity,
      Side side,
      long limit,
      long deadband,
      long onDelaySeconds,
      long offDelaySeconds,
      Priority priority) {
    return new AlarmRule(
        new RuleName(name),
        new Level(quantity, side, BigDecimal.valueOf(limit), BigDecimal.valueOf(deadband)),
        Duration.ofSeconds(onDelaySeconds),
        Duration.ofSeconds(offDelaySeconds),
        false,
        priority);
  }

  private static AlarmRule noticed(String name, Happening event, Priority priority) {
    return new AlarmRule(
        new RuleName(name), new Noticed(event), Duration.ZERO, Duration.ZERO, false, priority);
  }
}
