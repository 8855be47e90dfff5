// SPDX-License-Identifier: Apache-2.0
package energy.muster.metric;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The records of one thing that was done, by several sources, in whatever order they come. It is
 * over when it is closed, and what it says is final when every source's records are there up to the
 * number that the closing names. It does not change: each record gives the next.
 *
 * @param id such as that of the order that began it
 * @param records by source and sequence
 * @param closing how many records each source has; empty while it goes on
 */
public record UnitOfWork(
    DocumentId id, Instant opened, List<UsageRecord> records, Optional<Closing> closing) {
  private static final int MOST_RECORDS = 100_000;
  private static final Comparator<UsageRecord> ORDER =
      Comparator.comparing(UsageRecord::source).thenComparing(UsageRecord::sequence);

  /** The record that ends it. */
  public record Closing(Instant at, Map<BareJid, Long> counts) {
    public Closing {
      Objects.requireNonNull(at);
      counts = Map.copyOf(counts);
    }
  }

  public UnitOfWork {
    Objects.requireNonNull(id);
    Objects.requireNonNull(opened);
    Objects.requireNonNull(closing);
    records = List.copyOf(records);
  }

  public static UnitOfWork open(DocumentId id, Instant at) {
    return new UnitOfWork(id, at, List.of(), Optional.empty());
  }

  /**
   * With one more record. The same again changes nothing.
   *
   * @throws Refused {@code id-conflict} when its number has another record, {@code too-late} when
   *     the closing counted fewer of its source
   */
  public UnitOfWork with(UsageRecord record) {
    for (UsageRecord known : records) {
      if (ORDER.compare(known, record) == 0) {
        if (known.equals(record)) {
          return this;
        }
        throw new Refused(
            Refusal.of(
                Reason.ID_CONFLICT,
                "record %d of %s says something else",
                record.sequence(),
                record.source()));
      }
    }
    requireExpected(record);
    if (records.size() == MOST_RECORDS) {
      throw new Refused(
          Refusal.of(Reason.TOO_LARGE, "a unit of work has at most %d records", MOST_RECORDS));
    }
    List<UsageRecord> more = new ArrayList<>(records);
    more.add(record);
    more.sort(ORDER);
    return new UnitOfWork(id, opened, more, closing);
  }

  private void requireExpected(UsageRecord record) {
    if (closing.isPresent()
        && record.sequence() > closing.get().counts().getOrDefault(record.source(), 0L)) {
      throw new Refused(
          Refusal.of(
              Reason.TOO_LATE,
              "closed at %s without record %d of %s",
              closing.get().at(),
              record.sequence(),
              record.source()));
    }
  }

  /**
   * Closed, with as many records of each source as the sources say that they have.
   *
   * @throws Refused {@code too-late} when it is closed already, {@code invalid-argument} when a
   *     source has more records here than are counted
   */
  public UnitOfWork closed(Closing end) {
    if (closing.isPresent()) {
      if (closing.get().equals(end)) {
        return this;
      }
      throw new Refused(Refusal.of(Reason.TOO_LATE, "%s was closed at %s", id, closing.get().at()));
    }
    for (UsageRecord record : records) {
      if (record.sequence() > end.counts().getOrDefault(record.source(), 0L)) {
        throw new Refused(
            Refusal.of(
                Reason.INVALID_ARGUMENT,
                "%s has record %d, which is not counted",
                record.source(),
                record.sequence()));
      }
    }
    return new UnitOfWork(id, opened, records, Optional.of(end));
  }

  /** How many records of each source still lack; empty when it is complete or goes on. */
  public Map<BareJid, Long> lacking() {
    Map<BareJid, Long> lacking = new TreeMap<>(Comparator.comparing(BareJid::toString));
    closing.ifPresent(end -> lacking.putAll(end.counts()));
    if (closing.isPresent()) {
      records.forEach(record -> lacking.merge(record.source(), -1L, Long::sum));
    }
    lacking.values().removeIf(count -> count == 0);
    return lacking;
  }

  /** Whether nothing can be added any more. */
  public boolean complete() {
    return closing.isPresent() && lacking().isEmpty();
  }
}
