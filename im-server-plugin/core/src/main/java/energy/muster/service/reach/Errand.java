// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.reach;

import energy.muster.alarm.AlarmEntry;
import energy.muster.document.DocumentId;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An alarm that leaves for somebody who is not there.
 *
 * @param id the same however often it is tried, so that whoever gets it twice can tell
 * @param site whose alarm it is
 * @param alarm as it stood when nobody was found
 * @param word what the device had signed of it, if it was the device's
 * @param at when that was
 */
public record Errand(
    DocumentId id, String site, AlarmEntry alarm, Optional<Sealed> word, Instant at) {
  public Errand {
    Objects.requireNonNull(id);
    Objects.requireNonNull(site);
    Objects.requireNonNull(alarm);
    Objects.requireNonNull(word);
    Objects.requireNonNull(at);
  }
}
