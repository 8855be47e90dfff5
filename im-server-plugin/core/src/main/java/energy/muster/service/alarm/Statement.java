// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.Priority;
import energy.muster.alarm.Reading;
import energy.muster.document.DocumentId;
import energy.muster.presence.Location;
import java.time.Instant;
import java.util.Optional;

/**
 * What is said of an alarm: by its device, or by the service where no device can. Immutable.
 *
 * @param occurrence of which it is said, the newest where several fold
 */
record Statement(
    DocumentId occurrence,
    Priority priority,
    Optional<Reading> reading,
    Instant since,
    boolean clockSure,
    String text,
    Optional<Location> location) {

  static Statement of(Alarm word) {
    return new Statement(
        word.occurrence(),
        word.priority(),
        word.reading(),
        word.since(),
        word.clockSure(),
        word.text(),
        word.location());
  }

  static Statement ofService(DocumentId occurrence, Priority priority, Instant since, String text) {
    return new Statement(
        occurrence, priority, Optional.empty(), since, true, text, Optional.empty());
  }

  /** As it was told and written down. */
  static Statement of(AlarmEntry entry) {
    return new Statement(
        entry.occurrence(),
        entry.priority(),
        entry.reading(),
        entry.since(),
        entry.clockSure(),
        entry.text(),
        entry.location());
  }

  /** What the device says after that; a return keeps what was so at the onset. */
  Statement then(Alarm word) {
    return new Statement(
        word.occurrence(),
        word.priority(),
        word.reading(),
        word.since(),
        word.clockSure(),
        word.isOnset() ? word.text() : text,
        word.location().or(() -> location));
  }

  Statement worded(String words) {
    return new Statement(occurrence, priority, reading, since, clockSure, words, location);
  }
}
