// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.instant;
import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.exchange.Destination;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.response.ShedProposal;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.PendingChange;
import energy.muster.service.journal.Position;
import energy.muster.service.journal.Publication;
import energy.muster.service.journal.Receipt;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.Tariff;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What was published, what is proposed and what changed, as rows. */
final class MarketRows {
  static final String PUBLICATIONS =
      "SELECT o.command, o.sealed, p.publishedAt FROM musterPublication p"
          + " JOIN musterOrder o ON o.id = p.orderId WHERE p.overAt IS NULL OR p.overAt >= ?"
          + " ORDER BY p.seq";
  static final String PROPOSALS =
      "SELECT proposal FROM musterProposal WHERE endsAt >= ? ORDER BY proposalNumber";
  static final String POSITIONS =
      "SELECT account, dataClass, flags, upTo FROM musterDestination"
          + " ORDER BY account, dataClass";
  static final String RECEIPTS =
      "SELECT d.device, p.documentId, p.version, d.state, d.changedAt, d.note"
          + " FROM musterPublication p JOIN musterDelivery d ON d.orderId = p.orderId"
          + " WHERE p.offer = ?";
  static final String CHANGES =
      "SELECT seq, changedAt, flags, record FROM musterChange WHERE dataClass = ? ORDER BY seq";
  static final String CHANGE_SETS =
      "SELECT changes FROM musterChangeSet WHERE dataClass = ? AND setNumber > ?"
          + " ORDER BY setNumber";

  private MarketRows() {}

  /** Whether it was an entry about these. */
  static boolean write(Entry entry, PersonRows.Run into) throws SQLException {
    if (entry instanceof Entry.Published published) {
      publish(published, into);
    } else if (entry instanceof Entry.Outdated outdated) {
      into.run(
          "UPDATE musterPublication SET overAt = ? WHERE orderId = ?",
          micros(outdated.over()),
          outdated.order().text());
    } else if (entry instanceof Entry.ProposalNoted noted) {
      note(noted.proposal(), into);
    } else if (entry instanceof Entry.Changed changed) {
      into.run(
          "INSERT INTO musterChange (dataClass, flags, changedAt, record) VALUES (?, ?, ?, ?)",
          changed.dataClass().wire(),
          flags(changed.flags()),
          micros(changed.at()),
          Json.text(changed.record()));
    } else if (entry instanceof Entry.ChangesClosed closed) {
      close(closed, into);
    } else if (entry instanceof Entry.Positioned positioned) {
      position(positioned.position(), into);
    } else {
      return false;
    }
    return true;
  }

  private static void publish(Entry.Published published, PersonRows.Run into) throws SQLException {
    Publication publication = published.publication();
    String order = publication.order().text();
    into.run(
        "INSERT INTO musterPublication (orderId, documentId, offer, version, publishedAt)"
            + " VALUES (?, ?, ?, ?, ?)",
        order,
        publication.document().header().id().text(),
        publication.document().name().toString(),
        version(publication.document()),
        micros(publication.at()));
    if (published.over().isPresent()) {
      write(new Entry.Outdated(publication.order(), published.over().get()), into);
    }
  }

  private static long version(PriceDocument document) {
    if (document instanceof Tariff tariff) {
      return tariff.version();
    }
    return document instanceof PriceAmendment amendment ? amendment.version() : 1;
  }

  private static void note(ShedProposal proposal, PersonRows.Run into) throws SQLException {
    into.run("DELETE FROM musterProposal WHERE proposalNumber = ?", proposal.number());
    into.run(
        "INSERT INTO musterProposal (proposalNumber, endsAt, proposal) VALUES (?, ?, ?)",
        proposal.number(),
        micros(proposal.until()),
        Json.text(proposal.write()));
  }

  private static void close(Entry.ChangesClosed closed, PersonRows.Run into) throws SQLException {
    ChangeSet set = closed.set();
    into.run(
        "INSERT INTO musterChangeSet (dataClass, setNumber, endedAt, changes) VALUES (?, ?, ?, ?)",
        set.dataClass().wire(),
        set.number(),
        micros(set.until()),
        Json.text(set.write()));
    into.run(
        "DELETE FROM musterChange WHERE dataClass = ? AND seq <= ?",
        set.dataClass().wire(),
        closed.upTo());
  }

  private static void position(Position position, PersonRows.Run into) throws SQLException {
    Destination destination = position.destination();
    String account = position.account().toString();
    String dataClass = destination.dataClass().wire();
    into.run(
        "DELETE FROM musterDestination WHERE account = ? AND dataClass = ?", account, dataClass);
    into.run(
        "INSERT INTO musterDestination (account, dataClass, flags, upTo) VALUES (?, ?, ?, ?)",
        account,
        dataClass,
        flags(destination.flags()),
        destination.upTo());
  }

  private static String flags(List<String> flags) {
    return String.join(" ", flags);
  }

  private static List<String> flags(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  static Publication publication(ResultSet row) throws SQLException {
    Command command = Command.read(row.getString(1).getBytes(StandardCharsets.UTF_8));
    return new Publication(
        command.id(),
        ((Instruction.SetTariff) command.instruction()).document(),
        command.header().issuer(),
        Sealed.ofBase64(row.getString(2)),
        instant(row.getLong(3)));
  }

  static ShedProposal proposal(ResultSet row) throws SQLException {
    return ShedProposal.read(Fields.of(Json.parse(row.getString(1))));
  }

  static Position position(ResultSet row) throws SQLException {
    return new Position(
        BareJid.parse(row.getString(1)),
        new Destination(
            dataClass(row.getString(2)),
            flags(row.getString(3)),
            row.getLong(4),
            Optional.empty()));
  }

  static Receipt receipt(ResultSet row) throws SQLException {
    String state = row.getString(4);
    return new Receipt(
        BareJid.parse(row.getString(1)),
        new DocumentId(row.getString(2)),
        row.getLong(3),
        DeliveryState.ofWire(state)
            .orElseThrow(() -> new SQLException("no delivery state is called " + state)),
        instant(row.getLong(5)),
        row.getString(6));
  }

  static PendingChange change(ResultSet row) throws SQLException {
    return new PendingChange(
        row.getLong(1),
        instant(row.getLong(2)),
        flags(row.getString(3)),
        Json.parseLarge(row.getString(4)));
  }

  static ChangeSet changeSet(ResultSet row) throws SQLException {
    return ChangeSet.read(Fields.of(Json.parseLarge(row.getString(1))));
  }

  static DataClass dataClass(String wire) throws SQLException {
    return DataClass.ofWire(wire)
        .orElseThrow(() -> new SQLException("no class of data is called " + wire));
  }
}
