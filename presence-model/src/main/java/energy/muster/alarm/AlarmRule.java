// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.util.Objects;

/**
 * One thing a device watches for.
 *
 * @param onDelay how long it must be so before the alarm is raised; it then says since when
 * @param offDelay how long it must be over before the alarm returns
 * @param latching whether a person has to reset it after it has returned
 */
public record AlarmRule(
    RuleName name,
    Trigger trigger,
    Duration onDelay,
    Duration offDelay,
    boolean latching,
    Priority priority) {
  public static final Duration LONGEST_DELAY = Duration.ofHours(24);

  public AlarmRule {
    Objects.requireNonNull(name);
    Objects.requireNonNull(trigger);
    Objects.requireNonNull(priority);
    requireDelay("onDelaySeconds", onDelay);
    requireDelay("offDelaySeconds", offDelay);
  }

  private static void requireDelay(String field, Duration delay) {
    if (delay.isNegative()
        || delay.compareTo(LONGEST_DELAY) > 0
        || !delay.equals(Duration.ofSeconds(delay.toSeconds()))) {
      throw new IllegalArgumentException(
          field + " is whole seconds, 0 to " + LONGEST_DELAY.toSeconds());
    }
  }

  public static AlarmRule read(Fields fields) {
    return fields.all(
        known ->
            new AlarmRule(
                known.value("name", RuleName::new),
                Trigger.read(known),
                Duration.ofSeconds(known.optionalInteger("onDelaySeconds").orElse(0)),
                Duration.ofSeconds(known.optionalInteger("offDelaySeconds").orElse(0)),
                known.optionalFlag("latching"),
                known.oneOf("priority", Priority::ofWire)));
  }

  /** The same with what a change says of it; what it does not name stays. */
  AlarmRule with(Fields change) {
    return change.all(
        known ->
            new AlarmRule(
                known.value("name", RuleName::new),
                trigger.with(known),
                known.optionalInteger("onDelaySeconds").stream()
                    .mapToObj(Duration::ofSeconds)
                    .findFirst()
                    .orElse(onDelay),
                known.optionalInteger("offDelaySeconds").stream()
                    .mapToObj(Duration::ofSeconds)
                    .findFirst()
                    .orElse(offDelay),
                known.has("latching") ? known.optionalFlag("latching") : latching,
                known.optionalOneOf("priority", Priority::ofWire).orElse(priority)));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("name", name.text());
    trigger.write(object);
    if (!onDelay.isZero()) {
      object.put("onDelaySeconds", onDelay.toSeconds());
    }
    if (!offDelay.isZero()) {
      object.put("offDelaySeconds", offDelay.toSeconds());
    }
    if (latching) {
      object.put("latching", true);
    }
    return object.put("priority", priority.wire());
  }
}
