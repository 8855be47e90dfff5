// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderQuery;
import energy.muster.service.journal.Recovered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which accounts are devices: those the service has recorded as such. It learns them from what
 * passes to and from the journal, so that it knows exactly what the service knows.
 */
final class DeviceAccounts implements Journal {
  private final Journal journal;
  private final Set<BareJid> devices = ConcurrentHashMap.newKeySet();

  DeviceAccounts(Journal journal) {
    this.journal = journal;
  }

  boolean contains(BareJid account) {
    return devices.contains(account);
  }

  Set<BareJid> all() {
    return Set.copyOf(devices);
  }

  @Override
  public CompletionStage<Void> append(List<Entry> entries) {
    learn(entries);
    return journal.append(entries);
  }

  @Override
  public CompletionStage<Void> appendSoon(List<Entry> entries) {
    learn(entries);
    return journal.appendSoon(entries);
  }

  private void learn(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry instanceof Entry.DeviceNoted noted) {
        devices.add(noted.device().certified().jid());
      }
    }
  }

  @Override
  public CompletionStage<Recovered> recover(Instant now) {
    return journal
        .recover(now)
        .whenComplete(
            (recovered, failure) -> {
              if (failure == null) {
                recovered.devices().forEach(device -> devices.add(device.certified().jid()));
              }
            });
  }

  @Override
  public CompletionStage<Optional<OrderHistory>> order(DocumentId id) {
    return journal.order(id);
  }

  @Override
  public CompletionStage<List<Order>> orders(OrderQuery query) {
    return journal.orders(query);
  }
}
