// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.time.Instant;
import java.util.Optional;

/**
 * A line that a room shows.
 *
 * @param speaker the account's local part; empty for the room itself
 * @param past when it was said, if that was before the room was entered
 */
public record RoomLine(
    String room, Optional<String> speaker, String text, Optional<Instant> past) {}
