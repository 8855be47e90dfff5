// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.presence.Show;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Presence as it is sent.
 *
 * @param status for a person with any chat client
 * @param element the device element, or a person's
 * @param idle since when nobody has touched the client (XEP-0319)
 */
public record Announcement(
    Show show, String status, Optional<Payload> element, Optional<Instant> idle) {
  public Announcement {
    Objects.requireNonNull(show);
    Objects.requireNonNull(status);
    Objects.requireNonNull(element);
    Objects.requireNonNull(idle);
  }

  public Announcement(Show show, String status, Optional<Payload> element) {
    this(show, status, element, Optional.empty());
  }

  boolean ofDevice() {
    return element.filter(own -> own.wire() == Wire.DEVICE).isPresent();
  }
}
