// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The rooms of the areas, as one session uses them; a new session is in none. Stages complete
 * exceptionally with {@code energy.muster.refusal.Refused} for a no, and with {@link LinkException}
 * when the connection is gone; an answer that never comes is the caller's to limit. What follows a
 * stage must not block.
 */
public interface Rooms {
  /** The names of those that may be entered, such as {@code branch-60}. */
  CompletableFuture<List<String>> open();

  /**
   * Complete once it is entered; what was said before comes to the listener, perhaps earlier.
   *
   * @param past how far back to be told; without it, as far as the room remembers
   */
  CompletableFuture<Void> enter(String room, Optional<Duration> past);

  /** Complete once it is left. */
  CompletableFuture<Void> leave(String room);

  /** Complete once the room has shown it to everybody in it. */
  CompletableFuture<Void> say(String room, String text);
}
