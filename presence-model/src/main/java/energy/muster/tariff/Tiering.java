// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * How the energy is counted that takes a charge through its tiers.
 *
 * @param together whether the rates of the same seasons count into one sum, each with prices of its
 *     own, or every rate for itself
 */
public record Tiering(Span per, boolean together) {
  /** Charges without tiers count nothing. */
  static final Tiering NONE = new Tiering(Span.MONTH, false);

  /** What the end of a tier is meant for. */
  public enum Span {
    /** A billing month; for some of its days, their share of it. */
    MONTH("month"),
    /** A day, and the days of a billing month share theirs: an allowance. */
    DAILY_ALLOWANCE("daily-allowance"),
    /** A day, after which the count begins anew. */
    DAY("day");

    private final String wire;

    Span(String wire) {
      this.wire = wire;
    }

    static Optional<Span> ofWire(String wire) {
      return Arrays.stream(values()).filter(span -> span.wire.equals(wire)).findFirst();
    }
  }

  public Tiering {
    Objects.requireNonNull(per);
  }

  private static Optional<Boolean> counting(String wire) {
    return switch (wire) {
      case "together" -> Optional.of(true);
      case "apart" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  static Tiering read(Fields fields) {
    return new Tiering(
        fields.oneOf("per", Span::ofWire), fields.oneOf("counted", Tiering::counting));
  }

  ObjectNode write() {
    return Json.object().put("per", per.wire).put("counted", together ? "together" : "apart");
  }
}
