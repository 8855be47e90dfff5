// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.alarm.Alarm;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.gate.CommandKey;
import energy.muster.seal.Sealed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The durable memory of all devices of one process. Every future completes after its entry is
 * synced to disk, or exceptionally with {@link JournalException}. Entries are written in the order
 * of the calls. Safe for use by many threads.
 */
public interface Journal extends MeterJournal, AutoCloseable {
  /** How often this journal was opened. */
  long boot();

  /** Number of the last transaction; falls only if an older copy of the journal was put back. */
  long sequence();

  /** The floor of time as it was when the journal was opened. */
  Instant floor();

  /** The revocation lists as they were when the journal was opened. */
  List<byte[]> revocationLists();

  CompletableFuture<Void> keepRevocationLists(List<byte[]> lists);

  /** What is known of a device, for its start. */
  CompletableFuture<DeviceRecord> open(BareJid device);

  /** Before acting. */
  CompletableFuture<Void> intend(BareJid device, Intent intent);

  /**
   * Before keeping, or acting on, an order with a time of its own, together with the state that
   * says whether it waits.
   *
   * @param state of the device, as one JSON object
   */
  CompletableFuture<Void> intend(BareJid device, Intent intent, String state);

  /**
   * After acting or refusing, together with the state that came of it.
   *
   * @param state of the device, as one JSON object
   */
  CompletableFuture<Void> conclude(BareJid device, Intent intent, Sealed outcome, String state);

  CompletableFuture<Optional<Sealed>> outcome(BareJid device, CommandKey key);

  /**
   * The service has this outcome. Written with whatever is written next, the floor of time at the
   * latest; a mark that is lost costs one more answer.
   */
  CompletableFuture<Void> acknowledged(BareJid device, CommandKey key);

  /** State that changed without an order. */
  CompletableFuture<Void> save(BareJid device, String state);

  /** Revision numbers up to this one may be used. */
  CompletableFuture<Void> reserveRevisions(BareJid device, long ceiling);

  /** An alarm has begun or is over, before it is told if there is time for that. */
  CompletableFuture<Void> raise(BareJid device, Alarm alarm, Sealed sealed);

  /** An alarm that is not over has been worse than before; written like {@link #acknowledged}. */
  CompletableFuture<Void> worsened(BareJid device, DocumentId onset, BigDecimal worst);

  /** The service has this alarm; written like {@link #acknowledged}. */
  CompletableFuture<Void> alarmTaken(BareJid device, DocumentId id);

  /** Forgets commands, alarms and intervals that nobody is owed any more and whose time is past. */
  CompletableFuture<Void> forget(Instant now);

  /** Writes what was asked for and closes. */
  @Override
  void close();
}
