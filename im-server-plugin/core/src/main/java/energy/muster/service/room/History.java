// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import java.time.Instant;
import java.util.Optional;

/** How much of what was said a newcomer wants to be told. */
public record History(int lines, Optional<Instant> since) {
  /** The most that a room keeps. */
  public static final History ALL = new History(Room.KEPT, Optional.empty());

  public History {
    lines = Math.max(0, Math.min(lines, Room.KEPT));
  }
}
