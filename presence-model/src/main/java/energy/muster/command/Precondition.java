// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * "Only if you are still in this state", judged by the device at the moment it would act.
 *
 * @param available whether no restriction may be on the device
 * @param awaited whether the service holds the order until the device's presence meets all this,
 *     instead of letting the device refuse it
 * @param bounds what a measured quantity must be above or below
 */
public record Precondition(
    OptionalLong revision,
    Optional<Operating> operating,
    Optional<Position> position,
    boolean available,
    boolean awaited,
    List<Bound> bounds) {
  public static final int MAX_BOUNDS = 8;

  private static final int MAX_DIGITS = 18;

  /** {@code load above 30}, in the one unit of the quantity. */
  public record Bound(Quantity quantity, boolean above, BigDecimal value) {
    public Bound {
      Objects.requireNonNull(quantity);
      // One value has one spelling, so that equal bounds are equal.
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      if (value.scale() < 0) {
        value = value.setScale(0);
      }
      if (value.precision() > MAX_DIGITS) {
        throw new IllegalArgumentException("a bound has at most " + MAX_DIGITS + " digits");
      }
    }

    /** Not where it is not measured. */
    public boolean holds(DevicePresence now) {
      return now.quantity(quantity)
          .map(measured -> measured.compareTo(value))
          .filter(compared -> above ? compared > 0 : compared < 0)
          .isPresent();
    }

    /** {@code load above 30 %}. */
    public String words() {
      return quantity.wire()
          + (above ? " above " : " below ")
          + value.toPlainString()
          + " "
          + quantity.spokenUnit();
    }

    private Optional<String> unmet(DevicePresence now) {
      return holds(now)
          ? Optional.empty()
          : Optional.of(
              "required "
                  + words()
                  + ", "
                  + now.quantity(quantity)
                      .map(measured -> "it is " + measured.toPlainString())
                      .orElse("which it does not measure"));
    }

    static Bound read(Fields fields) {
      Quantity quantity = fields.oneOf("quantity", Quantity::ofWire);
      Optional<BigDecimal> above = fields.optionalDecimal("above");
      Optional<BigDecimal> below = fields.optionalDecimal("below");
      if (above.isPresent() == below.isPresent()) {
        throw new IllegalArgumentException("a bound is either above or below");
      }
      Bound bound = new Bound(quantity, above.isPresent(), above.or(() -> below).orElseThrow());
      fields.end();
      return bound;
    }

    ObjectNode write() {
      return Json.object().put("quantity", quantity.wire()).put(above ? "above" : "below", value);
    }
  }

  public Precondition {
    bounds = List.copyOf(bounds);
    if (revision.isEmpty()
        && operating.isEmpty()
        && position.isEmpty()
        && !available
        && bounds.isEmpty()) {
      throw new IllegalArgumentException(
          "a precondition names a revision, operating, position, bounds or that it is available");
    }
    if (bounds.size() > MAX_BOUNDS) {
      throw new IllegalArgumentException("a precondition has at most " + MAX_BOUNDS + " bounds");
    }
    if (awaited && revision.isPresent()) {
      throw new IllegalArgumentException("no revision comes back, so nothing waits for one");
    }
  }

  /** One without bounds. */
  public Precondition(
      OptionalLong revision,
      Optional<Operating> operating,
      Optional<Position> position,
      boolean available,
      boolean awaited) {
    this(revision, operating, position, available, awaited, List.of());
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
    bounds.forEach(bound -> words.add(bound.words()));
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
    if (available && now.restriction().isPresent()) {
      return Optional.of("required available, it is restricted: " + now.restriction().get().note());
    }
    return bounds.stream().map(bound -> bound.unmet(now)).flatMap(Optional::stream).findFirst();
  }

  static Precondition read(Fields fields) {
    Precondition precondition =
        new Precondition(
            fields.optionalInteger("revision"),
            fields.optionalOneOf("operating", Operating::ofWire),
            fields.optionalOneOf("position", Position::ofWire),
            fields.optionalFlag("available"),
            fields.optionalFlag("wait"),
            fields.has("bounds")
                ? fields.objects("bounds").stream().map(Bound::read).toList()
                : List.of());
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
    if (!bounds.isEmpty()) {
      ArrayNode list = object.putArray("bounds");
      bounds.forEach(bound -> list.add(bound.write()));
    }
    return object;
  }
}
