// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What clients ask of rooms, on any thread. A stage completes exceptionally with {@link
 * energy.muster.refusal.Refused}; for whoever may not enter a room, as if there were none.
 */
public interface Entrance {
  /** The rooms that this session may enter. */
  CompletionStage<Set<Area>> open(FullJid asker);

  /** Whether the session is in the room. */
  CompletionStage<Boolean> holds(FullJid asker, String name);

  /**
   * Lets the session in; what it is then told comes through the {@link Voice}.
   *
   * @param nick what it wants to be called, which it is only if that is its account's name
   */
  CompletionStage<Void> enter(FullJid asker, String name, String nick, History history);

  CompletionStage<Void> leave(FullJid session, String name);

  /**
   * Says a line to all who are in the room; it is shown, and nothing else ever becomes of it.
   *
   * @param id comes back with the line
   */
  CompletionStage<Void> say(FullJid speaker, String name, String text, Optional<String> id);
}
