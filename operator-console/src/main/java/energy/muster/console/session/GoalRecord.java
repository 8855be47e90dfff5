// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Power;
import energy.muster.json.Fields;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How far an order with a goal has come, by the service's word.
 *
 * @param kw how much was to be shed together
 * @param shed how much devices have signed
 */
public record GoalRecord(Power kw, Power shed, State state) {
  /** Whether more is to be expected. */
  public enum State {
    PURSUED,
    MET,
    SHORT;

    static Optional<State> ofWire(String wire) {
      return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
    }

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static GoalRecord read(Fields fields) {
    return new GoalRecord(
        Power.kilowatts(fields.decimal("kw")),
        Power.kilowatts(fields.decimal("shedKw")),
        fields.oneOf("state", State::ofWire));
  }

  /** {@code 320 kW of 500 kW, short}. */
  public String words() {
    return shed
        + " of "
        + kw
        + switch (state) {
          case MET -> ", met";
          case SHORT -> ", not met";
          case PURSUED -> " so far";
        };
  }
}
