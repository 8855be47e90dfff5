// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.instant;
import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.PersonPresence;
import energy.muster.service.journal.ChatLine;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import energy.muster.service.journal.PersonRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is known of people as rows. */
final class PersonRows {
  static final String PERSONS =
      "SELECT certificate, word, saidAt, heard FROM musterPerson ORDER BY jid";
  static final String LINES =
      "SELECT id, sender, person, saidAt, note FROM musterLine WHERE takenAt IS NULL ORDER BY id";
  static final String HAND_OVERS =
      "SELECT id, sender, person, offeredAt, endsAt, state, orders, watches, alarms"
          + " FROM musterHandOver WHERE state IN ('offered', 'accepted') ORDER BY id";

  private PersonRows() {}

  /** Runs a statement; how many rows it touched. */
  interface Run {
    int run(String sql, Object... values) throws SQLException;
  }

  /** Whether it was an entry about people. */
  static boolean write(Entry entry, Run into) throws SQLException {
    if (entry instanceof Entry.PersonNoted noted) {
      note(noted.person(), into);
    } else if (entry instanceof Entry.LineSaid said) {
      ChatLine line = said.line();
      into.run(
          "INSERT INTO musterLine (id, sender, person, saidAt, note) VALUES (?, ?, ?, ?, ?)",
          line.id().text(),
          line.from().toString(),
          line.to().toString(),
          micros(line.at()),
          line.text());
    } else if (entry instanceof Entry.LineTaken taken) {
      into.run(
          "UPDATE musterLine SET takenAt = ? WHERE id = ?",
          micros(taken.at()),
          taken.line().text());
    } else if (entry instanceof Entry.HandOverNoted noted) {
      note(noted.handOver(), into);
    } else {
      return false;
    }
    return true;
  }

  private static void note(PersonRecord person, Run into) throws SQLException {
    Object[] values = {
      Columns.certificate(person.certified()),
      person.word().map(PersonPresence::write).map(Json::text).orElse(null),
      micros(person.since()),
      micros(person.heard()),
      person.certified().jid().toString()
    };
    if (into.run(
            "UPDATE musterPerson SET certificate = ?, word = ?, saidAt = ?, heard = ? WHERE jid = ?",
            values)
        == 0) {
      into.run(
          "INSERT INTO musterPerson (certificate, word, saidAt, heard, jid) VALUES (?, ?, ?, ?, ?)",
          values);
    }
  }

  private static void note(HandOver offer, Run into) throws SQLException {
    Object[] values = {
      offer.from().toString(),
      offer.to().toString(),
      micros(offer.at()),
      micros(offer.until()),
      offer.state().wire(),
      words(offer.orders(), DocumentId::text),
      words(offer.watches(), BareJid::toString),
      words(offer.alarms(), String::valueOf),
      offer.id().text()
    };
    if (into.run(
            "UPDATE musterHandOver SET sender = ?, person = ?, offeredAt = ?, endsAt = ?,"
                + " state = ?, orders = ?, watches = ?, alarms = ? WHERE id = ?",
            values)
        == 0) {
      into.run(
          "INSERT INTO musterHandOver (sender, person, offeredAt, endsAt, state, orders, watches,"
              + " alarms, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          values);
    }
  }

  private static <T> String words(List<T> values, Function<T, String> text) {
    return values.stream().map(text).collect(Collectors.joining(" "));
  }

  private static <T> List<T> values(String words, Function<String, T> reader) {
    return Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).map(reader).toList();
  }

  static PersonRecord person(ResultSet row) throws SQLException {
    return new PersonRecord(
        Columns.certified(row.getString(1)),
        Optional.ofNullable(row.getString(2))
            .map(word -> PersonPresence.read(Fields.of(Json.parse(word)))),
        instant(row.getLong(3)),
        instant(row.getLong(4)));
  }

  static ChatLine line(ResultSet row) throws SQLException {
    return new ChatLine(
        new DocumentId(row.getString(1)),
        BareJid.parse(row.getString(2)),
        BareJid.parse(row.getString(3)),
        instant(row.getLong(4)),
        row.getString(5));
  }

  static HandOver handOver(ResultSet row) throws SQLException {
    String state = row.getString(6);
    return new HandOver(
        new DocumentId(row.getString(1)),
        BareJid.parse(row.getString(2)),
        BareJid.parse(row.getString(3)),
        instant(row.getLong(4)),
        instant(row.getLong(5)),
        HandOver.State.ofWire(state)
            .orElseThrow(() -> new SQLException("no hand-over is called " + state)),
        values(row.getString(7), DocumentId::new),
        values(row.getString(8), BareJid::parse),
        values(row.getString(9), Long::valueOf));
  }
}
