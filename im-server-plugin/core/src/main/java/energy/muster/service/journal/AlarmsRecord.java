// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import java.util.List;

/**
 * What is known of alarms.
 *
 * @param open those that are not over, by number
 * @param letters those that still have to leave
 * @param charters the newest of each kind
 * @param number the highest ever given
 * @param revision likewise
 */
public record AlarmsRecord(
    List<AlarmRecord> open,
    List<Letter> letters,
    List<Charter> charters,
    long number,
    long revision) {
  public static final AlarmsRecord NONE = new AlarmsRecord(List.of(), List.of(), List.of(), 0, 0);

  public AlarmsRecord {
    open = List.copyOf(open);
    letters = List.copyOf(letters);
    charters = List.copyOf(charters);
  }
}
