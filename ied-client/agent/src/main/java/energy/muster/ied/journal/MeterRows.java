// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.identity.BareJid;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Quality;
import energy.muster.seal.Sealed;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The statements of the journal that are about meters, one method each. */
final class MeterRows {
  private static final Duration REMEMBERED = Duration.ofDays(100);
  private static final Duration OWED = Duration.ofDays(400);

  private MeterRows() {}

  static KeptMeter meter(Statements statements, BareJid device) throws SQLException {
    Optional<String> progress = Optional.empty();
    long sequence = 0;
    PreparedStatement select =
        statements.prepare("SELECT progress, sequence FROM meter WHERE device = ?");
    select.setString(1, device.toString());
    try (ResultSet row = select.executeQuery()) {
      if (row.next()) {
        progress = Optional.of(row.getString(1));
        sequence = row.getLong(2);
      }
    }
    return new KeptMeter(progress, sequence, untaken(statements, device));
  }

  private static SortedMap<Long, Sealed> untaken(Statements statements, BareJid device)
      throws SQLException {
    SortedMap<Long, Sealed> untaken = new TreeMap<>();
    PreparedStatement select =
        statements.prepare("SELECT sequence, sealed FROM readings WHERE device = ?");
    select.setString(1, device.toString());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        untaken.put(rows.getLong(1), new Sealed(rows.getBytes(2)));
      }
    }
    return untaken;
  }

  static Void metered(
      Statements statements, BareJid device, List<IntervalEnergy> over, String progress)
      throws SQLException {
    PreparedStatement insert =
        statements.prepare(
            "INSERT OR IGNORE INTO interval_energy"
                + " (device, start_seconds, import_wh, export_wh, quality) VALUES (?, ?, ?, ?, ?)");
    for (IntervalEnergy interval : over) {
      insert.setString(1, device.toString());
      insert.setLong(2, interval.start().getEpochSecond());
      insert.setLong(3, interval.importWh());
      insert.setLong(4, interval.exportWh());
      insert.setString(5, words(interval));
      insert.executeUpdate();
    }
    return counting(statements, device, progress);
  }

  static Void counting(Statements statements, BareJid device, String progress) throws SQLException {
    PreparedStatement upsert =
        statements.prepare(
            "INSERT INTO meter (device, progress) VALUES (?, ?)"
                + " ON CONFLICT (device) DO UPDATE SET progress = excluded.progress");
    upsert.setString(1, device.toString());
    upsert.setString(2, progress);
    upsert.executeUpdate();
    return null;
  }

  static List<IntervalEnergy> unpacked(Statements statements, BareJid device, int most)
      throws SQLException {
    PreparedStatement select =
        statements.prepare(
            "SELECT start_seconds, import_wh, export_wh, quality FROM interval_energy"
                + " WHERE device = ? AND start_seconds >="
                + " (SELECT packed_seconds FROM meter WHERE device = ?)"
                + " ORDER BY start_seconds LIMIT ?");
    select.setString(1, device.toString());
    select.setString(2, device.toString());
    select.setInt(3, most);
    return intervals(select);
  }

  static List<IntervalEnergy> between(
      Statements statements, BareJid device, Instant from, Instant until) throws SQLException {
    PreparedStatement select =
        statements.prepare(
            "SELECT start_seconds, import_wh, export_wh, quality FROM interval_energy"
                + " WHERE device = ? AND start_seconds >= ? AND start_seconds < ?"
                + " ORDER BY start_seconds");
    select.setString(1, device.toString());
    select.setLong(2, from.getEpochSecond());
    select.setLong(3, until.getEpochSecond());
    return intervals(select);
  }

  private static List<IntervalEnergy> intervals(PreparedStatement select) throws SQLException {
    List<IntervalEnergy> found = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(
            new IntervalEnergy(
                Instant.ofEpochSecond(rows.getLong(1)),
                rows.getLong(2),
                rows.getLong(3),
                flags(rows.getString(4))));
      }
    }
    return found;
  }

  private static Set<Quality> flags(String words) {
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    Arrays.stream(words.split(" ", 0))
        .filter(word -> !word.isEmpty())
        .forEach(word -> flags.add(Quality.ofWire(word).orElseThrow()));
    return flags;
  }

  static Void packed(
      Statements statements, BareJid device, long sequence, Sealed sealed, Instant end)
      throws SQLException {
    insert(statements, device, sequence, sealed);
    PreparedStatement update =
        statements.prepare("UPDATE meter SET sequence = ?, packed_seconds = ? WHERE device = ?");
    update.setLong(1, sequence);
    update.setLong(2, end.getEpochSecond());
    update.setString(3, device.toString());
    update.executeUpdate();
    return null;
  }

  private static void insert(Statements statements, BareJid device, long sequence, Sealed sealed)
      throws SQLException {
    PreparedStatement insert =
        statements.prepare("INSERT INTO readings (device, sequence, sealed) VALUES (?, ?, ?)");
    insert.setString(1, device.toString());
    insert.setLong(2, sequence);
    insert.setBytes(3, sealed.cms());
    insert.executeUpdate();
  }

  static Void corrected(
      Statements statements, BareJid device, long sequence, Sealed sealed, List<IntervalEnergy> by)
      throws SQLException {
    insert(statements, device, sequence, sealed);
    PreparedStatement number = statements.prepare("UPDATE meter SET sequence = ? WHERE device = ?");
    number.setLong(1, sequence);
    number.setString(2, device.toString());
    number.executeUpdate();
    PreparedStatement update =
        statements.prepare(
            "UPDATE interval_energy SET import_wh = ?, export_wh = ?, quality = ?"
                + " WHERE device = ? AND start_seconds = ?");
    for (IntervalEnergy interval : by) {
      update.setLong(1, interval.importWh());
      update.setLong(2, interval.exportWh());
      update.setString(3, words(interval));
      update.setString(4, device.toString());
      update.setLong(5, interval.start().getEpochSecond());
      update.executeUpdate();
    }
    return null;
  }

  private static String words(IntervalEnergy interval) {
    return interval.quality().stream().map(Quality::wire).collect(Collectors.joining(" "));
  }

  static Void taken(Statements statements, BareJid device, long sequence) throws SQLException {
    PreparedStatement delete =
        statements.prepare("DELETE FROM readings WHERE device = ? AND sequence = ?");
    delete.setString(1, device.toString());
    delete.setLong(2, sequence);
    delete.executeUpdate();
    return null;
  }

  /** What is in a document goes after 100 days, what is in none after 400. */
  static void forget(Statements statements, Instant now) throws SQLException {
    PreparedStatement delete =
        statements.prepare(
            "DELETE FROM interval_energy WHERE start_seconds < ? OR (start_seconds < ?"
                + " AND start_seconds < (SELECT packed_seconds FROM meter"
                + " WHERE meter.device = interval_energy.device))");
    delete.setLong(1, now.minus(OWED).getEpochSecond());
    delete.setLong(2, now.minus(REMEMBERED).getEpochSecond());
    delete.executeUpdate();
  }
}
