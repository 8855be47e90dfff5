// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.presence.Location;
import energy.muster.presence.Show;
import energy.muster.wire.Payload;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Presence as it is sent.
 *
 * @param status for a person with any chat client
 * @param element the device element, or a person's
 * @param idle since when nobody has touched the client (XEP-0319)
 * @param location where a device stands (XEP-0080)
 */
public record Announcement(
    Show show,
    String status,
    Optional<Payload> element,
    Optional<Instant> idle,
    Optional<Location> location) {
  public Announcement {
    Objects.requireNonNull(show);
    Objects.requireNonNull(status);
    Objects.requireNonNull(element);
    Objects.requireNonNull(idle);
    Objects.requireNonNull(location);
  }

  /** Of one that does not say where it is. */
  public Announcement(Show show, String status, Optional<Payload> element, Optional<Instant> idle) {
    this(show, status, element, idle, Optional.empty());
  }

  public Announcement(Show show, String status, Optional<Payload> element) {
    this(show, status, element, Optional.empty());
  }
}
