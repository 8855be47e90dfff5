// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * What the master IED of a branch makes of all it hears there. A device that is not there counts
 * with its last word, which is said to be uncertain; it never counts as nothing.
 *
 * @param area the branch
 * @param rating what its head may carry
 * @param load what its loads draw together
 * @param generation what its generators feed in together
 * @param sheddable what the loads that are there would give
 * @param breakers its switches, by their last word
 * @param contacts whom the sum is of
 */
public record BranchSum(
    Area area,
    Power rating,
    Part load,
    Part generation,
    Power sheddable,
    Breakers breakers,
    Contacts contacts) {
  private static final int MOST = 100_000;

  /**
   * @param uncertain the part of it that is only the last word of devices that are not there
   */
  public record Part(Power total, Power uncertain) {
    public static final Part NONE = new Part(Power.ZERO, Power.ZERO);

    public Part {
      if (uncertain.compareTo(total) > 0) {
        throw new IllegalArgumentException(
            "of " + total + " no more than all is uncertain, not " + uncertain);
      }
    }

    public Power certain() {
      return total.minus(uncertain);
    }

    public Part plus(Power more, boolean sure) {
      return new Part(total.plus(more), sure ? uncertain : uncertain.plus(more));
    }

    static Part read(Fields fields) {
      return fields.some(
          known ->
              new Part(
                  Power.kilowatts(known.decimal("kw")),
                  Power.kilowatts(known.decimal("uncertainKw"))));
    }

    ObjectNode write() {
      return Json.object().put("kw", total.kilowatts()).put("uncertainKw", uncertain.kilowatts());
    }
  }

  /** How many are open and closed; one that never said where it stands is in neither. */
  public record Breakers(int open, int closed) {
    public Breakers {
      requireCount(open);
      requireCount(closed);
    }
  }

  /**
   * @param heard how many are there
   * @param silent how many are not
   * @param certainty of the one that one is least sure of
   */
  public record Contacts(int heard, int silent, Certainty certainty) {
    public Contacts {
      requireCount(heard);
      requireCount(silent);
      if (heard + silent == 0) {
        throw new IllegalArgumentException("a sum is of one contact at least");
      }
      if (certainty.reachable() != (silent == 0)) {
        throw new IllegalArgumentException("the least sure is there if none is silent");
      }
    }
  }

  public BranchSum {
    Objects.requireNonNull(area);
    Objects.requireNonNull(load);
    Objects.requireNonNull(generation);
    Objects.requireNonNull(sheddable);
    Objects.requireNonNull(breakers);
    Objects.requireNonNull(contacts);
    if (rating.equals(Power.ZERO)) {
      throw new IllegalArgumentException("a branch is rated above 0 kW");
    }
  }

  private static void requireCount(int count) {
    if (count < 0 || count > MOST) {
      throw new IllegalArgumentException("a count is 0 to " + MOST + ", not " + count);
    }
  }

  /**
   * What the head has to carry, in kW; below 0 it feeds back. A generator that has gone silent is
   * not relied on, a load that has is still there.
   */
  public BigDecimal flow() {
    return load.total().kilowatts().subtract(generation.certain().kilowatts());
  }

  /** {@link #flow()} in percent of the rating, at least 0. */
  public BigDecimal percent() {
    return flow()
        .max(BigDecimal.ZERO)
        .movePointRight(2)
        .divide(rating.kilowatts(), 1, RoundingMode.HALF_UP);
  }

  static BranchSum read(Fields fields) {
    return fields.some(
        known ->
            new BranchSum(
                known.value("area", Area::new),
                Power.kilowatts(known.decimal("ratingKw")),
                Part.read(known.object("load")),
                Part.read(known.object("generation")),
                Power.kilowatts(known.decimal("sheddableKw")),
                breakers(known.object("breakers")),
                contacts(known.object("contacts"))));
  }

  private static Breakers breakers(Fields fields) {
    return new Breakers(count(fields, "open"), count(fields, "closed"));
  }

  private static Contacts contacts(Fields fields) {
    return new Contacts(
        count(fields, "heard"),
        count(fields, "silent"),
        fields.oneOf("certainty", Certainty::ofWire));
  }

  private static int count(Fields fields, String name) {
    return Math.toIntExact(fields.integer(name));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("area", area.name()).put("ratingKw", rating.kilowatts());
    object.set("load", load.write());
    object.set("generation", generation.write());
    object.put("sheddableKw", sheddable.kilowatts());
    object.putObject("breakers").put("open", breakers.open()).put("closed", breakers.closed());
    object
        .putObject("contacts")
        .put("heard", contacts.heard())
        .put("silent", contacts.silent())
        .put("certainty", contacts.certainty().wire());
    return object;
  }
}
