// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * "Only if you are still in this state", judged by the device at the moment it would act.
 *
 * @param available whether no restriction may be on the device
 * @param awaited whether the service holds the order until the device's presence meets all this,
 *     instead of letting the device refuse it
 */
public record Precondition(
    OptionalLong revision,
    Optional<Operating> operating,
    Optional<Position> position,
    boolean available,
    boolean awaited) {

  public Precondition {
    if (revision.isEmpty() && operating.isEmpty() && position.isEmpty() && !available) {
      throw new IllegalArgumentException(
          "a precondition names a revision, operating, position or that it is available");
    }
    if (awaited && revision.isPresent()) {
      throw new IllegalArgumentException("no revision comes back, so nothing waits for one");
    }
  }

  /** One that the device alone judges. */
  public Precondition(
      OptionalLong revision, Optional<Operating> operating, Optional<Position> position) {
    this(revision, operating, position, false, false);
  }

  /** What must be so, as people say it: {@code on and available}. */
  public String words() {
    List<String> words = new ArrayList<>();
    revision.ifPresent(value -> words.add("at presence revision " + value));
    operating.ifPresent(value -> words.add(value.wire()));
    position.ifPresent(value -> words.add(value.wire()));
    if (available) {
      words.add("available");
    }
    return String.join(" and ", words);
  }

  /** What is not as required, in words; empty when all is. */
  public Optional<String> unmet(DevicePresence now) {
    if (revision.isPresent() && revision.getAsLong() != now.revision()) {
      return Optional.of(
          "required presence revision " + revision.getAsLong() + ", it is " + now.revision());
    }
    if (operating.isPresent() && operating.get() != now.operating()) {
      return Optional.of(
          "required " + operating.get().wire() + ", it is " + now.operating().wire());
    }
    if (position.isPresent() && !position.equals(now.position())) {
      return Optional.of(
          "required "
              + position.get().wire()
              + ", it is "
              + now.position().map(Position::wire).orElse("without a position"));
    }
    return available
        ? now.restriction().map(held -> "required available, it is restricted: " + held.note())
        : Optional.empty();
  }

  static Precondition read(Fields fields) {
    Precondition precondition =
        new Precondition(
            fields.optionalInteger("revision"),
            fields.optionalOneOf("operating", Operating::ofWire),
            fields.optionalOneOf("position", Position::ofWire),
            fields.optionalFlag("available"),
            fields.optionalFlag("wait"));
    fields.end();
    return precondition;
  }

  ObjectNode write() {
    ObjectNode object = Json.object();
    revision.ifPresent(value -> object.put("revision", value));
    operating.ifPresent(value -> object.put("operating", value.wire()));
    position.ifPresent(value -> object.put("position", value.wire()));
    if (available) {
      object.put("available", true);
    }
    if (awaited) {
      object.put("wait", true);
    }
    return object;
  }
}
