// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static energy.muster.openfire.journal.Columns.instant;
import static energy.muster.openfire.journal.Columns.micros;

import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.service.journal.MarketRecord;
import energy.muster.service.journal.PendingChange;
import energy.muster.service.journal.Publication;
import energy.muster.service.journal.Receipt;
import energy.muster.tariff.OfferName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of prices and of changes, over one connection. */
final class MarketReading {
  private final Rows rows;

  MarketReading(Connection connection) {
    rows = new Rows(connection);
  }

  MarketRecord recovered(Instant now) throws SQLException {
    return new MarketRecord(
        rows.find(
            MarketRows::publication, MarketRows.PUBLICATIONS, micros(now.minus(Publication.KEPT))),
        rows.find(MarketRows::proposal, MarketRows.PROPOSALS, micros(now)),
        // None is null, which reads as zero.
        rows.find(row -> row.getLong(1), "SELECT MAX(proposalNumber) FROM musterProposal").get(0),
        rows.find(MarketRows::position, MarketRows.POSITIONS),
        lastSets());
  }

  private Map<DataClass, MarketRecord.LastSet> lastSets() throws SQLException {
    Map<DataClass, MarketRecord.LastSet> last = new EnumMap<>(DataClass.class);
    rows.find(
            row ->
                Map.entry(
                    MarketRows.dataClass(row.getString(1)),
                    new MarketRecord.LastSet(row.getLong(2), instant(row.getLong(3)))),
            "SELECT dataClass, MAX(setNumber), MAX(endedAt) FROM musterChangeSet GROUP BY dataClass")
        .forEach(each -> last.put(each.getKey(), each.getValue()));
    return last;
  }

  List<Receipt> receipts(OfferName offer, Optional<DocumentId> document) throws SQLException {
    String order = " ORDER BY p.seq, d.leafIndex";
    return document.isPresent()
        ? rows.find(
            MarketRows::receipt,
            MarketRows.RECEIPTS + " AND p.documentId = ?" + order,
            offer.toString(),
            document.get().text())
        : rows.find(MarketRows::receipt, MarketRows.RECEIPTS + order, offer.toString());
  }

  List<PendingChange> changes(DataClass dataClass, int limit) throws SQLException {
    return rows.first(limit, MarketRows::change, MarketRows.CHANGES, dataClass.wire());
  }

  List<ChangeSet> changeSets(DataClass dataClass, long after, int limit) throws SQLException {
    return rows.first(
        limit, MarketRows::changeSet, MarketRows.CHANGE_SETS, dataClass.wire(), after);
  }
}
