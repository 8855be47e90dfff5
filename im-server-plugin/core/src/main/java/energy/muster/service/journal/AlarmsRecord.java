// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.service.journal.AlarmArchive.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known of alarms.
 *
 * @param open those that are not over, by number
 * @param documents what devices said of those, by number, the newest {@link #MOST_DOCUMENTS} of
 *     each, oldest first; each may be the name of an earlier occurrence
 * @param closed those that were over within {@link #SHORT}, by number
 * @param lately which alarms began, came again or were offered to somebody since {@link #since},
 *     oldest first
 * @param letters those that still have to leave
 * @param charters the newest of each kind
 * @param number the highest ever given
 * @param revision likewise
 */
public record AlarmsRecord(
    List<AlarmRecord> open,
    Map<Long, List<DocumentId>> documents,
    List<AlarmRecord> closed,
    List<Past> lately,
    List<Letter> letters,
    List<Charter> charters,
    long number,
    long revision) {
  public static final AlarmsRecord NONE =
      new AlarmsRecord(List.of(), Map.of(), List.of(), List.of(), List.of(), List.of(), 0, 0);

  /** By so many of its occurrences an alarm is known while it is open. */
  public static final int MOST_DOCUMENTS = 256;

  /** So long a point that chatters is remembered. */
  public static final Duration SHORT = Duration.ofSeconds(60);

  /** So long before an open alarm a flood may have begun in which it came. */
  private static final Duration FLOOD = Duration.ofMinutes(10);

  private static final Duration LONGEST = Duration.ofHours(24);

  public AlarmsRecord {
    open = List.copyOf(open);
    documents = Map.copyOf(documents);
    closed = List.copyOf(closed);
    lately = List.copyOf(lately);
    letters = List.copyOf(letters);
    charters = List.copyOf(charters);
  }

  public List<DocumentId> documents(long alarm) {
    return documents.getOrDefault(alarm, List.of());
  }

  /** Since when it matters what happened: a while before the first open alarm, at most a day. */
  public static Instant since(List<AlarmRecord> open, Instant now) {
    Instant first =
        open.stream()
            .map(AlarmRecord::raised)
            .filter(now::isAfter)
            .min(Instant::compareTo)
            .orElse(now);
    Instant earliest = now.minus(LONGEST);
    return (first.isBefore(earliest) ? earliest : first).minus(FLOOD);
  }
}
