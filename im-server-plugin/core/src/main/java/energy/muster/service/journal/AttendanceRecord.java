// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import java.util.List;

/**
 * What the journal knows of who was there when.
 *
 * @param changes of all devices, in the order in which they were found; of each device also the
 *     last one before the time that was asked for
 * @param runs of the service itself, oldest first: between them nobody looked
 */
public record AttendanceRecord(List<Entry.Attended> changes, List<Entry.Ran> runs) {
  public AttendanceRecord {
    changes = List.copyOf(changes);
    runs = List.copyOf(runs);
  }
}
