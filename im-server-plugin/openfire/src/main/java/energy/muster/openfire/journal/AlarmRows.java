// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.instant;
import static energy.muster.openfire.journal.Columns.micros;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmEntry.SentOut;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.AlarmArchive.Past;
import energy.muster.service.journal.AlarmHistory;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.Charter;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Letter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Alarms as rows. */
final class AlarmRows {
  private static final String GONE = "gone";

  static final String ALARMS =
      "SELECT a.entry, a.raisedAt, a.closedAt, a.leftBy, p.sealed FROM musterAlarm a"
          + " LEFT JOIN musterAlarmPaper p ON p.issuer = a.device AND p.id = a.occurrence";
  static final String STEPS =
      "SELECT s.happenedAt, s.kind, s.person, s.note, s.alarmNumber, a.device, a.branch, a.ruleName"
          + " FROM musterAlarmStep s JOIN musterAlarm a ON a.alarmNumber = s.alarmNumber";

  /** What devices said of their open alarms, the newest first. */
  static final String SAID =
      "SELECT a.alarmNumber, m.id FROM musterAlarm a JOIN musterAlarmMention m"
          + " ON m.alarmNumber = a.alarmNumber AND m.issuer = a.device"
          + " WHERE a.closedAt IS NULL ORDER BY m.id DESC";

  static final String LETTERS =
      "SELECT id, way, address, madeAt, tries, nextAt, state, note, entry, sealed FROM musterLetter"
          + " WHERE state = 'waiting' ORDER BY id";
  static final String CHARTERS = "SELECT kind, revision, sealed FROM musterCharter ORDER BY kind";
  static final String DOCUMENTS =
      "SELECT p.issuer, p.id, p.takenAt, p.sealed FROM musterAlarmPaper p"
          + " JOIN musterAlarmMention m ON m.issuer = p.issuer AND m.id = p.id"
          + " WHERE m.alarmNumber = ? ORDER BY p.takenAt, p.id";

  private AlarmRows() {}

  /** Whether it was an entry about alarms. */
  static boolean write(Entry entry, PersonRows.Run into) throws SQLException {
    if (entry instanceof Entry.AlarmMoved moved) {
      move(moved, into);
    } else if (entry instanceof Entry.AlarmFiled filed) {
      file(filed.paper(), into);
    } else if (entry instanceof Entry.LetterNoted noted) {
      note(noted.letter(), into);
    } else if (entry instanceof Entry.CharterTaken taken) {
      Charter charter = taken.charter();
      into.run("DELETE FROM musterCharter WHERE kind = ?", charter.kind().wire());
      into.run(
          "INSERT INTO musterCharter (kind, revision, sealed) VALUES (?, ?, ?)",
          charter.kind().wire(),
          charter.revision(),
          charter.sealed().base64());
    } else {
      return false;
    }
    return true;
  }

  private static void move(Entry.AlarmMoved moved, PersonRows.Run into) throws SQLException {
    AlarmRecord alarm = moved.alarm();
    AlarmEntry entry = alarm.entry();
    Object closed = alarm.closed().map(Columns::micros).orElse(null);
    String leftBy = alarm.leftBy().map(BareJid::toString).orElse(null);
    String json = Json.text(stored(alarm));
    int found =
        closed == null
            ? into.run(
                "UPDATE musterAlarm SET revision = ?, closedAt = NULL, leftBy = ?, occurrence = ?, entry = ?"
                    + " WHERE alarmNumber = ?",
                entry.revision(),
                leftBy,
                entry.occurrence().text(),
                json,
                entry.number())
            : into.run(
                "UPDATE musterAlarm SET revision = ?, closedAt = ?, leftBy = ?, occurrence = ?, entry = ?"
                    + " WHERE alarmNumber = ?",
                entry.revision(),
                closed,
                leftBy,
                entry.occurrence().text(),
                json,
                entry.number());
    if (found == 0) {
      into.run(
          "INSERT INTO musterAlarm (alarmNumber, revision, device, branch, ruleName, raisedAt,"
              + " leftBy, occurrence, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          entry.number(),
          entry.revision(),
          entry.device().toString(),
          entry.branch().map(Area::name).orElse(null),
          entry.rule().text(),
          micros(alarm.raised()),
          leftBy,
          entry.occurrence().text(),
          json);
      if (closed != null) {
        into.run(
            "UPDATE musterAlarm SET closedAt = ? WHERE alarmNumber = ?", closed, entry.number());
      }
    }
    for (AlarmTransition step : moved.transitions()) {
      into.run(
          "INSERT INTO musterAlarmStep (alarmNumber, happenedAt, kind, person, note)"
              + " VALUES (?, ?, ?, ?, ?)",
          entry.number(),
          micros(step.at()),
          step.kind().wire(),
          step.by().map(BareJid::toString).orElse(null),
          step.text());
    }
  }

  /** What people are told, and beside it what is for the service alone. */
  private static ObjectNode stored(AlarmRecord alarm) {
    ObjectNode stored = alarm.entry().write();
    ArrayNode gone = stored.putArray(GONE);
    alarm.gone().stream().sorted().forEach(gone::add);
    return stored;
  }

  /** What was written before that was kept knows only where it was taken. */
  private static Set<String> gone(Fields stored, AlarmEntry entry) {
    return stored.has(GONE)
        ? Set.copyOf(stored.values(GONE, address -> address))
        : entry.sentOut().stream().map(SentOut::to).collect(Collectors.toSet());
  }

  private static void file(AlarmPaper paper, PersonRows.Run into) throws SQLException {
    into.run(
        "INSERT INTO musterAlarmPaper (issuer, id, takenAt, digest, answer, sealed)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        paper.issuer().toString(),
        paper.id().text(),
        micros(paper.at()),
        paper.digest().toString(),
        paper.answer(),
        paper.sealed().base64());
    for (long number : paper.alarms()) {
      into.run(
          "INSERT INTO musterAlarmMention (alarmNumber, issuer, id) VALUES (?, ?, ?)",
          number,
          paper.issuer().toString(),
          paper.id().text());
    }
  }

  private static void note(Letter letter, PersonRows.Run into) throws SQLException {
    Object[] values = {
      letter.way().wire(),
      letter.to(),
      micros(letter.at()),
      letter.tries(),
      micros(letter.next()),
      letter.state().wire(),
      letter.note(),
      Json.text(letter.alarm().write()),
      letter.word().map(Sealed::base64).orElse(null),
      letter.id().text()
    };
    if (into.run(
            "UPDATE musterLetter SET way = ?, address = ?, madeAt = ?, tries = ?, nextAt = ?,"
                + " state = ?, note = ?, entry = ?, sealed = ? WHERE id = ?",
            values)
        == 0) {
      into.run(
          "INSERT INTO musterLetter (way, address, madeAt, tries, nextAt, state, note, entry,"
              + " sealed, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          values);
    }
  }

  static AlarmRecord alarm(ResultSet row) throws SQLException {
    Fields stored = Fields.of(Json.parse(row.getString(1)));
    AlarmEntry entry = AlarmEntry.read(stored);
    return new AlarmRecord(
        entry,
        instant(row.getLong(2)),
        time(row, 3),
        person(row, 4),
        stored.some(fields -> gone(fields, entry)),
        Optional.ofNullable(row.getString(5)).map(Sealed::ofBase64));
  }

  private static AlarmEntry entry(String json) {
    return AlarmEntry.read(Fields.of(Json.parse(json)));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(instant(micros));
  }

  private static Optional<BareJid> person(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(BareJid::parse);
  }

  static AlarmTransition step(ResultSet row) throws SQLException {
    String kind = row.getString(2);
    return new AlarmTransition(
        instant(row.getLong(1)),
        AlarmTransition.Kind.ofWire(kind)
            .orElseThrow(() -> new SQLException("nothing is called " + kind)),
        person(row, 3),
        row.getString(4));
  }

  static Past past(ResultSet row) throws SQLException {
    return new Past(
        row.getLong(5),
        BareJid.parse(row.getString(6)),
        Optional.ofNullable(row.getString(7)).map(Area::new),
        new RuleName(row.getString(8)),
        step(row));
  }

  static AlarmHistory.Document document(ResultSet row) throws SQLException {
    return new AlarmHistory.Document(
        BareJid.parse(row.getString(1)),
        new DocumentId(row.getString(2)),
        instant(row.getLong(3)),
        Sealed.ofBase64(row.getString(4)));
  }

  static Map.Entry<Long, DocumentId> said(ResultSet row) throws SQLException {
    return Map.entry(row.getLong(1), new DocumentId(row.getString(2)));
  }

  static AlarmPaper.Known known(ResultSet row) throws SQLException {
    return new AlarmPaper.Known(Digest.parse(row.getString(1)), row.getString(2));
  }

  static Letter letter(ResultSet row) throws SQLException {
    String way = row.getString(2);
    String state = row.getString(7);
    return new Letter(
        new DocumentId(row.getString(1)),
        Letter.Way.ofWire(way).orElseThrow(() -> new SQLException("no way is called " + way)),
        row.getString(3),
        entry(row.getString(9)),
        Optional.ofNullable(row.getString(10)).map(Sealed::ofBase64),
        instant(row.getLong(4)),
        row.getInt(5),
        instant(row.getLong(6)),
        Letter.State.ofWire(state)
            .orElseThrow(() -> new SQLException("no state of a letter is called " + state)),
        row.getString(8));
  }

  static Charter charter(ResultSet row) throws SQLException {
    String kind = row.getString(1);
    return new Charter(
        Charter.Kind.ofWire(kind)
            .orElseThrow(() -> new SQLException("no charter is called " + kind)),
        row.getLong(2),
        Sealed.ofBase64(row.getString(3)));
  }
}
