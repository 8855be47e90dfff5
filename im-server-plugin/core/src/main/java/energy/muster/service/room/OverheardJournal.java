// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import energy.muster.service.desk.Desk;
import energy.muster.service.journal.AlarmHistory;
import energy.muster.service.journal.AlarmPaper;
import energy.muster.service.journal.AlarmRecord;
import energy.muster.service.journal.AttendanceRecord;
import energy.muster.service.journal.CorrectionRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderQuery;
import energy.muster.service.journal.PendingChange;
import energy.muster.service.journal.ReadingsRecord;
import energy.muster.service.journal.Receipt;
import energy.muster.service.journal.Recovered;
import energy.muster.service.journal.RefusalRecord;
import energy.muster.service.journal.Shedding;
import energy.muster.tariff.OfferName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A journal that tells the chronicle, at the desk, what it has of orders on disk. */
final class OverheardJournal implements Journal {
  private final Journal journal;
  private final Desk desk;
  private final Chronicle chronicle;

  OverheardJournal(Journal journal, Desk desk, Chronicle chronicle) {
    this.journal = journal;
    this.desk = desk;
    this.chronicle = chronicle;
  }

  @Override
  public CompletionStage<Void> append(List<Entry> entries) {
    return overheard(entries, journal.append(entries));
  }

  @Override
  public CompletionStage<Void> appendSoon(List<Entry> entries) {
    return overheard(entries, journal.appendSoon(entries));
  }

  @Override
  public Expected expect() {
    return journal.expect();
  }

  private CompletionStage<Void> overheard(List<Entry> entries, CompletionStage<Void> written) {
    List<Entry> news = entries.stream().filter(Chronicle::isNews).toList();
    if (!news.isEmpty()) {
      written.thenRun(() -> desk.put(() -> news.forEach(chronicle::tell)));
    }
    return written;
  }

  @Override
  public CompletionStage<Void> prune(Instant before) {
    return journal.prune(before);
  }

  @Override
  public CompletionStage<Recovered> recover(Instant now) {
    return journal.recover(now);
  }

  @Override
  public CompletionStage<Optional<OrderHistory>> order(DocumentId id) {
    return journal.order(id);
  }

  @Override
  public CompletionStage<List<DocumentId>> upgrades(Instant by, int limit) {
    return journal.upgrades(by, limit);
  }

  @Override
  public CompletionStage<UpgradePapers> papers(DocumentId upgrade) {
    return journal.papers(upgrade);
  }

  @Override
  public CompletionStage<List<Order>> orders(OrderQuery query) {
    return journal.orders(query);
  }

  @Override
  public CompletionStage<List<Shedding>> sheddings(Instant since) {
    return journal.sheddings(since);
  }

  @Override
  public CompletionStage<RefusalRecord> refusals(int limit) {
    return journal.refusals(limit);
  }

  @Override
  public CompletionStage<AttendanceRecord> attendance(Instant since) {
    return journal.attendance(since);
  }

  @Override
  public CompletionStage<Optional<AlarmPaper.Known>> paper(BareJid issuer, DocumentId id) {
    return journal.paper(issuer, id);
  }

  @Override
  public CompletionStage<Optional<AlarmHistory>> alarm(long number) {
    return journal.alarm(number);
  }

  @Override
  public CompletionStage<List<AlarmRecord>> alarms(int limit) {
    return journal.alarms(limit);
  }

  @Override
  public CompletionStage<List<Past>> past(Instant since, Instant until, int limit) {
    return journal.past(since, until, limit);
  }

  @Override
  public CompletionStage<Optional<Told>> told(BareJid meter) {
    return journal.told(meter);
  }

  @Override
  public CompletionStage<Optional<Statement>> statement(BareJid meter) {
    return journal.statement(meter);
  }

  @Override
  public CompletionStage<Optional<Digest>> readings(BareJid meter, long sequence) {
    return journal.readings(meter, sequence);
  }

  @Override
  public CompletionStage<Optional<Digest>> correction(BareJid issuer, DocumentId id) {
    return journal.correction(issuer, id);
  }

  @Override
  public CompletionStage<List<ReadingsRecord>> readings(
      BareJid meter, Instant from, Instant until) {
    return journal.readings(meter, from, until);
  }

  @Override
  public CompletionStage<List<CorrectionRecord>> corrections(
      BareJid meter, Instant from, Instant until) {
    return journal.corrections(meter, from, until);
  }

  @Override
  public CompletionStage<List<Receipt>> receipts(OfferName offer, Optional<DocumentId> document) {
    return journal.receipts(offer, document);
  }

  @Override
  public CompletionStage<List<PendingChange>> changes(DataClass dataClass, int limit) {
    return journal.changes(dataClass, limit);
  }

  @Override
  public CompletionStage<List<ChangeSet>> changeSets(DataClass dataClass, long after, int limit) {
    return journal.changeSets(dataClass, after, limit);
  }
}
