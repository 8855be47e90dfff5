// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.ied.gate.Point;
import energy.muster.json.Fields;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** When the last order that was carried out on each point was issued. */
final class LastOrders {
  private static final String NAME = "newest";

  private final Map<Point, Instant> newest = new EnumMap<>(Point.class);

  /**
   * @param state what the predecessor left with {@link #save}
   */
  LastOrders(Optional<Fields> state) {
    state.map(fields -> fields.object(NAME)).ifPresent(this::read);
  }

  private void read(Fields fields) {
    for (Point point : Point.values()) {
      fields.optionalInstant(point.wire()).ifPresent(at -> newest.put(point, at));
    }
  }

  Optional<Instant> on(Point point) {
    return Optional.ofNullable(newest.get(point));
  }

  /** An earlier one than is known changes nothing. */
  void note(Point point, Instant issued) {
    newest.merge(point, issued, (a, b) -> a.isAfter(b) ? a : b);
  }

  void save(ObjectNode object) {
    ObjectNode orders = object.putObject(NAME);
    newest.forEach((point, at) -> orders.put(point.wire(), at.toString()));
  }
}
