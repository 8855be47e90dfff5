// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.Optional;

/** What a room lets one of its occupants know. */
public sealed interface RoomWord {
  Area room();

  /** How an occupant stands to the room. */
  enum Stay {
    HERE,
    LEFT,
    /** May no longer be here. */
    EXPELLED
  }

  /**
   * Somebody is in the room, or no longer is.
   *
   * @param self whether it is the reader
   * @param renamed whether the reader had asked to be called something else than their account
   */
  record Occupancy(Area room, BareJid who, Stay stay, boolean self, boolean renamed)
      implements RoomWord {}

  /**
   * A line of an occupant's, or of the room itself.
   *
   * @param speaker empty for the room
   * @param id as its speaker named it
   * @param past when it was said, if that was before the reader came
   */
  record Line(
      Area room,
      Optional<BareJid> speaker,
      String text,
      Optional<String> id,
      Optional<Instant> past)
      implements RoomWord {}

  /** What the room is for; it ends what a newcomer is told of the past. */
  record Topic(Area room, String text) implements RoomWord {}
}
