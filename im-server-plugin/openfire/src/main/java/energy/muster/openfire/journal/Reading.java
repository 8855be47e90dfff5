// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.instant;
import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.branch.Mandate;
import energy.muster.command.Command;
import energy.muster.command.Leaf;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Attendance;
import energy.muster.service.journal.AttendanceRecord;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.DeviceRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.LookRecord;
import energy.muster.service.journal.MandateRecord;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderQuery;
import energy.muster.service.journal.Recovered;
import energy.muster.service.journal.RefusalRecord;
import energy.muster.service.journal.Shedding;
import energy.muster.service.journal.StaffRecord;
import energy.muster.service.journal.Submission;
import energy.muster.session.LookGrant;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows as what they mean, over one connection. */
final class Reading {
  private static final String ORDERS =
      "SELECT o.digest, o.command, o.sealed, o.acceptedAt, o.id FROM musterOrder o";
  private static final String OPEN =
      Arrays.stream(DeliveryState.values())
          .filter(state -> !state.terminal())
          .map(state -> "'" + state.wire() + "'")
          .collect(Collectors.joining(", "));

  private final Connection connection;

  Reading(Connection connection) {
    this.connection = connection;
  }

  Recovered recovered(Instant now) throws SQLException {
    return new Recovered(
        rows(
            Reading::device,
            "SELECT certificate, presence, heard, journalSeq, quarantined, absence,"
                + " belief FROM musterDevice ORDER BY jid"),
        orders(
            " WHERE o.executeBy >= ? OR EXISTS (SELECT 1 FROM musterDelivery d"
                + " WHERE d.orderId = o.id AND d.state IN ("
                + OPEN
                + ")) ORDER BY o.id",
            micros(now)),
        rows(
            row ->
                new Recovered.Unreported(
                    BareJid.parse(row.getString(1)),
                    new DocumentId(row.getString(2)),
                    BareJid.parse(row.getString(3)),
                    Sealed.ofBase64(row.getString(4))),
            "SELECT o.issuer, e.orderId, e.device, e.sealed FROM musterEvidence e"
                + " JOIN musterOrder o ON o.id = e.orderId WHERE e.reportedAt IS NULL"
                + " ORDER BY e.seq"),
        rows(
            Reading::notice,
            "SELECT id, person, toldAt, kind, orderId, device, note FROM musterMail"
                + " WHERE takenAt IS NULL ORDER BY id"),
        rows(
            row ->
                new LookRecord(
                    LookGrant.read(row.getString(1).getBytes(StandardCharsets.UTF_8)),
                    Columns.certified(row.getString(2)),
                    Sealed.ofBase64(row.getString(3))),
            "SELECT grantDocument, grantor, sealed FROM musterLook WHERE endsAt > ? ORDER BY id",
            micros(now)),
        rows(Reading::mandate, "SELECT sealed FROM musterMandate ORDER BY master"),
        rows(row -> row.getString(1), "SELECT crl FROM musterCrl ORDER BY seq"),
        new StaffRecord(
            rows(PersonRows::person, PersonRows.PERSONS),
            rows(PersonRows::line, PersonRows.LINES),
            rows(PersonRows::handOver, PersonRows.HAND_OVERS)),
        new AlarmReading(connection).recovered(now),
        new MarketReading(connection).recovered(now),
        FirmwareRows.recovered(connection, now));
  }

  // It was checked before it was written.
  private static MandateRecord mandate(ResultSet row) throws SQLException {
    Sealed sealed = Sealed.ofBase64(row.getString(1));
    return new MandateRecord(Mandate.read(sealed.unverified()), sealed);
  }

  Optional<Digest> outcome(DocumentId order, BareJid device) throws SQLException {
    return rows(
            row -> Digest.parse(row.getString(1)),
            "SELECT digest FROM musterEvidence WHERE orderId = ? AND device = ? AND kind = ?"
                + " ORDER BY seq",
            order.text(),
            device.toString(),
            OrderHistory.Kind.OUTCOME.wire())
        .stream()
        .findFirst();
  }

  Optional<OrderHistory> history(DocumentId id) throws SQLException {
    List<Order> found = orders(" WHERE o.id = ?", id.text());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OrderHistory(
            found.get(0),
            rows(
                row ->
                    new OrderHistory.Step(
                        BareJid.parse(row.getString(1)),
                        state(row.getString(2)),
                        instant(row.getLong(3)),
                        row.getString(4)),
                "SELECT device, state, happenedAt, note FROM musterStep WHERE orderId = ?"
                    + " ORDER BY seq",
                id.text()),
            rows(
                row ->
                    new OrderHistory.Evidence(
                        BareJid.parse(row.getString(1)),
                        instant(row.getLong(2)),
                        kind(row.getString(3)),
                        Sealed.ofBase64(row.getString(4)),
                        Digest.parse(row.getString(5))),
                "SELECT device, receivedAt, kind, sealed, digest FROM musterEvidence WHERE orderId = ?"
                    + " ORDER BY seq",
                id.text())));
  }

  List<Order> orders(OrderQuery query) throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    query
        .issuer()
        .ifPresent(
            issuer -> {
              conditions.add("o.issuer = ?");
              values.add(issuer.toString());
            });
    query
        .before()
        .ifPresent(
            before -> {
              conditions.add("o.id < ?");
              values.add(before.text());
            });
    if (!query.states().isEmpty()) {
      conditions.add(
          "EXISTS (SELECT 1 FROM musterDelivery d WHERE d.orderId = o.id AND d.state IN ("
              + query.states().stream().map(state -> "?").collect(Collectors.joining(", "))
              + "))");
      query.states().forEach(state -> values.add(state.wire()));
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return orders(where + " ORDER BY o.id DESC LIMIT " + query.limit(), values.toArray());
  }

  /** An order may be carried out up to {@link Command#LONGEST} after it was issued. */
  List<Shedding> sheddings(Instant since) throws SQLException {
    return rows(
        row -> {
          Command command = Command.read(row.getString(2).getBytes(StandardCharsets.UTF_8));
          return new Shedding(
              BareJid.parse(row.getString(1)),
              command.verb() == Verb.RESTORE,
              instant(row.getLong(3)),
              command.until());
        },
        "SELECT d.device, o.command, d.changedAt FROM musterOrder o"
            + " JOIN musterDelivery d ON d.orderId = o.id"
            + " WHERE o.id >= ? AND d.state = 'executed' AND d.changedAt >= ?"
            // A quotation mark within a text would be escaped.
            + " AND (o.command LIKE '%\"verb\":\"shed\"%' OR o.command LIKE '%\"verb\":\"restore\"%')"
            + " ORDER BY d.changedAt",
        DocumentId.notBefore(since.minus(Command.LONGEST)).text(),
        micros(since));
  }

  RefusalRecord refusals(int limit) throws SQLException {
    return new RefusalRecord(
        rows(
            row ->
                new Entry.RefusalNoted(
                    instant(row.getLong(1)),
                    BareJid.parse(row.getString(2)),
                    new Refusal(reason(row.getString(3)), row.getString(4))),
            "SELECT refusedAt, sender, reason, note FROM musterRefusal ORDER BY seq DESC LIMIT "
                + limit),
        rows(
            row ->
                new Entry.ExcessCounted(
                    instant(row.getLong(1)),
                    BareJid.parse(row.getString(2)),
                    Entry.Excess.valueOf(row.getString(3)),
                    row.getLong(4)),
            "SELECT minuteStart, sender, kind, excess FROM musterExcess ORDER BY seq DESC LIMIT "
                + limit));
  }

  AttendanceRecord attendance(Instant since) throws SQLException {
    return new AttendanceRecord(
        rows(
            row ->
                new Entry.Attended(
                    BareJid.parse(row.getString(1)),
                    instant(row.getLong(2)),
                    attendance(row.getString(3)),
                    row.getString(4)),
            "SELECT a.device, a.happenedAt, a.attendance, a.note FROM musterAttendance a"
                + " WHERE a.happenedAt >= ? OR NOT EXISTS (SELECT 1 FROM musterAttendance n"
                + " WHERE n.device = a.device AND n.seq > a.seq AND n.happenedAt < ?)"
                + " ORDER BY a.seq",
            micros(since),
            micros(since)),
        rows(
            row -> new Entry.Ran(instant(row.getLong(1)), instant(row.getLong(2))),
            "SELECT startedAt, aliveAt FROM musterRun WHERE aliveAt >= ? ORDER BY startedAt",
            micros(since)));
  }

  private List<Order> orders(String rest, Object... values) throws SQLException {
    List<Order> orders = new ArrayList<>();
    for (Submission submission : rows(Reading::submission, ORDERS + rest, values)) {
      orders.add(
          new Order(
              submission,
              rows(
                  Reading::delivery,
                  "SELECT leafIndex, leaf, state, changedAt, note FROM musterDelivery"
                      + " WHERE orderId = ? ORDER BY leafIndex",
                  submission.id().text())));
    }
    return orders;
  }

  private static Submission submission(ResultSet row) throws SQLException {
    return new Submission(
        Command.read(row.getString(2).getBytes(StandardCharsets.UTF_8)),
        Digest.parse(row.getString(1)),
        Sealed.ofBase64(row.getString(3)),
        instant(row.getLong(4)));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getInt(1),
        Leaf.read(Fields.of(Json.parse(row.getString(2)))),
        state(row.getString(3)),
        instant(row.getLong(4)),
        row.getString(5));
  }

  private static DeviceRecord device(ResultSet row) throws SQLException {
    return new DeviceRecord(
        Columns.certified(row.getString(1)),
        Optional.ofNullable(row.getString(2)).map(DevicePresence::read),
        instant(row.getLong(3)),
        row.getLong(4),
        row.getInt(5) != 0,
        Optional.ofNullable(row.getString(6)).map(Columns::absence),
        Columns.difference(row.getString(7)),
        Columns.reversal(row.getString(7)));
  }

  private static Notice notice(ResultSet row) throws SQLException {
    return new Notice(
        new DocumentId(row.getString(1)),
        BareJid.parse(row.getString(2)),
        instant(row.getLong(3)),
        row.getString(4),
        new DocumentId(row.getString(5)),
        Optional.ofNullable(row.getString(6)).map(BareJid::parse),
        row.getString(7));
  }

  private static OrderHistory.Kind kind(String wire) throws SQLException {
    return OrderHistory.Kind.ofWire(wire)
        .orElseThrow(() -> new SQLException("no document is called " + wire));
  }

  private static DeliveryState state(String wire) throws SQLException {
    return DeliveryState.ofWire(wire)
        .orElseThrow(() -> new SQLException("no delivery state is called " + wire));
  }

  private static Attendance attendance(String wire) throws SQLException {
    return Attendance.ofWire(wire)
        .orElseThrow(() -> new SQLException("no attendance is called " + wire));
  }

  private static Reason reason(String wire) throws SQLException {
    return Reason.ofWire(wire).orElseThrow(() -> new SQLException("no reason is called " + wire));
  }

  private <T> List<T> rows(Rows.Row<T> reader, String sql, Object... values) throws SQLException {
    return new Rows(connection).find(reader, sql, values);
  }
}
