// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What makes an alarm begin. */
public sealed interface Trigger {
  void write(ObjectNode rule);

  /** The quantity it looks at, unless it is a happening. */
  default Optional<Quantity> watched() {
    return Optional.empty();
  }

  /** The same with what a change of its rule says of it. */
  default Trigger with(Fields change) {
    return change.has("quantity") || change.has("event") ? read(change) : this;
  }

  /** It is about a quantity, and on one side of what is normal. */
  sealed interface Measured extends Trigger permits Level, Rate {
    Quantity quantity();

    Side side();

    @Override
    default Optional<Quantity> watched() {
      return Optional.of(quantity());
    }

    @Override
    default Trigger with(Fields change) {
      change
          .optionalText("unit")
          .filter(unit -> !unit.equals(quantity().unit()) && !unit.equals(quantity().spokenUnit()))
          .ifPresent(
              unit -> {
                throw new IllegalArgumentException(
                    "%s is in %s, not in %s"
                        .formatted(quantity().wire(), quantity().spokenUnit(), unit));
              });
      return Trigger.super.with(change) == this ? changed(change) : read(change);
    }

    /** The same quantity otherwise. */
    Trigger changed(Fields change);
  }

  /** On which side of the limit the alarm is. */
  enum Side {
    ABOVE,
    BELOW;

    /** Whether the value lies beyond the limit; on the limit itself it does. */
    public boolean beyond(BigDecimal value, BigDecimal limit) {
      int compared = value.compareTo(limit);
      return this == ABOVE ? compared >= 0 : compared <= 0;
    }

    /** The limit, moved back towards normal by the deadband: where an alarm is over. */
    BigDecimal back(BigDecimal limit, BigDecimal deadband) {
      return this == ABOVE ? limit.subtract(deadband) : limit.add(deadband);
    }

    /** Of two values the one further into the alarm. */
    public BigDecimal worse(BigDecimal one, BigDecimal other) {
      return this == ABOVE ? one.max(other) : one.min(other);
    }
  }

  /**
   * A quantity has reached a limit.
   *
   * @param deadband how far it must come back before the alarm is over
   */
  record Level(Quantity quantity, Side side, BigDecimal limit, BigDecimal deadband)
      implements Measured {
    public Level {
      quantity.require(limit);
      Objects.requireNonNull(side);
      requireDeadband(deadband);
    }

    /** Whether the value lies in the alarm, given whether there is one already. */
    public boolean met(BigDecimal value, boolean active) {
      return side.beyond(value, limit) || (active && !over(value));
    }

    private boolean over(BigDecimal value) {
      int compared = value.compareTo(side.back(limit, deadband));
      return side == Side.ABOVE ? compared < 0 : compared > 0;
    }

    @Override
    public Trigger changed(Fields change) {
      Side other = change.has("above") ? Side.ABOVE : change.has("below") ? Side.BELOW : side;
      return new Level(
          quantity,
          other,
          change
              .optionalDecimal(other == Side.ABOVE ? "above" : "below")
              .or(() -> change.optionalDecimal("limit"))
              .orElse(limit),
          change.optionalDecimal("deadband").orElse(deadband));
    }

    @Override
    public void write(ObjectNode rule) {
      rule.put("quantity", quantity.wire())
          .put(side == Side.ABOVE ? "above" : "below", limit)
          .put("deadband", deadband);
    }
  }

  /**
   * A quantity rises or falls faster than a limit.
   *
   * @param side above where it must not rise, below where it must not fall
   * @param perMinute by how much in a minute, more than zero
   * @param over the time the rate is taken over, 5 s to an hour
   */
  record Rate(Quantity quantity, Side side, BigDecimal perMinute, Duration over)
      implements Measured {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

    public Rate {
      Objects.requireNonNull(quantity);
      Objects.requireNonNull(side);
      if (perMinute.signum() <= 0 || perMinute.compareTo(MOST) > 0 || tooLong(perMinute)) {
        throw new IllegalArgumentException("a rate is more than 0 a minute, not " + perMinute);
      }
      if (over.compareTo(SHORTEST) < 0 || over.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("overSeconds is 5 to 3600, not " + over.toSeconds());
      }
    }

    /** The limit with its sign: a fall is negative. */
    public BigDecimal limit() {
      return side == Side.ABOVE ? perMinute : perMinute.negate();
    }

    @Override
    public Trigger changed(Fields change) {
      return new Rate(
          quantity,
          side,
          change.optionalDecimal("limit").orElse(perMinute),
          change.optionalInteger("overSeconds").stream()
              .mapToObj(Duration::ofSeconds)
              .findFirst()
              .orElse(over));
    }

    @Override
    public void write(ObjectNode rule) {
      rule.put("quantity", quantity.wire())
          .put(side == Side.ABOVE ? "risesPerMinute" : "fallsPerMinute", perMinute)
          .put("overSeconds", over.toSeconds());
    }
  }

  /** Something that is no quantity is so. */
  record Noticed(Happening event) implements Trigger {
    public Noticed {
      Objects.requireNonNull(event);
    }

    @Override
    public void write(ObjectNode rule) {
      rule.put("event", event.wire());
    }
  }

  static Trigger read(Fields rule) {
    if (rule.has("event")) {
      return new Noticed(rule.oneOf("event", Happening::ofWire));
    }
    Quantity quantity = rule.oneOf("quantity", Quantity::ofWire);
    if (rule.has("risesPerMinute") || rule.has("fallsPerMinute")) {
      boolean rises = rule.has("risesPerMinute");
      return new Rate(
          quantity,
          rises ? Side.ABOVE : Side.BELOW,
          rule.decimal(rises ? "risesPerMinute" : "fallsPerMinute"),
          Duration.ofSeconds(rule.integer("overSeconds")));
    }
    boolean above = rule.has("above");
    return new Level(
        quantity,
        above ? Side.ABOVE : Side.BELOW,
        rule.decimal(above ? "above" : "below"),
        rule.decimal("deadband"));
  }

  private static void requireDeadband(BigDecimal deadband) {
    if (deadband.signum() < 0 || tooLong(deadband)) {
      throw new IllegalArgumentException("a deadband is not negative");
    }
  }

  private static boolean tooLong(BigDecimal number) {
    return number.precision() > Quantity.MAX_DIGITS
        || Math.abs(number.scale()) > Quantity.MAX_DIGITS;
  }
}
