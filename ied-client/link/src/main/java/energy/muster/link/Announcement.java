// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.presence.Show;
import energy.muster.wire.Payload;
import java.util.Objects;
import java.util.Optional;

/**
 * Presence as it is sent.
 *
 * @param status for a person with any chat client
 * @param device the device element; people have none
 */
public record Announcement(Show show, String status, Optional<Payload> device) {
  public Announcement {
    Objects.requireNonNull(show);
    Objects.requireNonNull(status);
    Objects.requireNonNull(device);
  }
}
