// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.service.journal.AlarmArchive.Past;
import energy.muster.service.journal.AlarmHistory;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.AlarmsRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of alarms, over one connection. */
final class AlarmReading {
  private static final int MOST_STEPS = 200_000;

  private final Rows rows;

  AlarmReading(Connection connection) {
    rows = new Rows(connection);
  }

  AlarmsRecord recovered(Instant now) throws SQLException {
    List<AlarmRecord> open =
        rows.find(
            AlarmRows::alarm,
            AlarmRows.ALARMS + " WHERE a.closedAt IS NULL ORDER BY a.alarmNumber");
    return new AlarmsRecord(
        open,
        said(),
        rows.find(
            AlarmRows::alarm,
            AlarmRows.ALARMS + " WHERE a.closedAt >= ? ORDER BY a.alarmNumber",
            micros(now.minus(AlarmsRecord.SHORT))),
        lately(AlarmsRecord.since(open, now)),
        rows.find(AlarmRows::letter, AlarmRows.LETTERS),
        rows.find(AlarmRows::charter, AlarmRows.CHARTERS),
        highest("alarmNumber"),
        highest("revision"));
  }

  private Map<Long, List<DocumentId>> said() throws SQLException {
    Map<Long, List<DocumentId>> said = new HashMap<>();
    for (Map.Entry<Long, DocumentId> each :
        rows.first(MOST_STEPS, AlarmRows::said, AlarmRows.SAID)) {
      List<DocumentId> newest = said.computeIfAbsent(each.getKey(), any -> new ArrayList<>());
      if (newest.size() < AlarmsRecord.MOST_DOCUMENTS) {
        newest.add(each.getValue());
      }
    }
    said.values().forEach(Collections::reverse);
    return said;
  }

  /** The newest are those that matter, if there are too many. */
  private List<Past> lately(Instant since) throws SQLException {
    List<Past> newest =
        rows.first(
            MOST_STEPS,
            AlarmRows::past,
            AlarmRows.STEPS
                + " WHERE s.happenedAt >= ? AND s.kind IN ('raised', 'folded', 'offered')"
                + " ORDER BY s.seq DESC",
            micros(since));
    Collections.reverse(newest);
    return newest;
  }

  private long highest(String column) throws SQLException {
    // None is null, which reads as zero.
    return rows.find(row -> row.getLong(1), "SELECT MAX(" + column + ") FROM musterAlarm").get(0);
  }

  Optional<AlarmPaper.Known> paper(BareJid issuer, DocumentId id) throws SQLException {
    return rows
        .find(
            AlarmRows::known,
            "SELECT digest, answer FROM musterAlarmPaper WHERE issuer = ? AND id = ?",
            issuer.toString(),
            id.text())
        .stream()
        .findFirst();
  }

  Optional<AlarmHistory> alarm(long number) throws SQLException {
    List<AlarmRecord> found =
        rows.find(AlarmRows::alarm, AlarmRows.ALARMS + " WHERE a.alarmNumber = ?", number);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AlarmHistory(
                found.get(0),
                rows.find(
                    AlarmRows::step,
                    AlarmRows.STEPS + " WHERE s.alarmNumber = ? ORDER BY s.seq",
                    number),
                rows.find(AlarmRows::document, AlarmRows.DOCUMENTS, number)));
  }

  List<AlarmRecord> alarms(int limit) throws SQLException {
    return rows.first(limit, AlarmRows::alarm, AlarmRows.ALARMS + " ORDER BY a.alarmNumber DESC");
  }

  List<Past> past(Instant since, Instant until, int limit) throws SQLException {
    return rows.first(
        limit,
        AlarmRows::past,
        AlarmRows.STEPS + " WHERE s.happenedAt >= ? AND s.happenedAt < ? ORDER BY s.seq",
        micros(since),
        micros(until));
  }
}
