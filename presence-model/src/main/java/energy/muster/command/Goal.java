// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;

/**
 * How much is to be shed by an order's candidates together: the service asks them in the order of
 * their leaves, each for at most what its leaf names, until the sum is reached.
 */
public record Goal(Power shed) {
  public Goal {
    if (shed.equals(Power.ZERO)) {
      throw new IllegalArgumentException("a goal is more than nothing");
    }
  }

  static Goal read(Fields fields) {
    Goal goal = new Goal(Power.kilowatts(fields.decimal("kw")));
    fields.end();
    return goal;
  }

  ObjectNode write() {
    return Json.object().put("kw", shed.kilowatts());
  }

  @Override
  public String toString() {
    return shed.toString();
  }
}
