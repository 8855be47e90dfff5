// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import energy.muster.document.DocumentId;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The prices that were published, of any number of series. Within a series one document follows the
 * other without a gap where they are published; who receives them may have missed one.
 */
public final class PriceBoard {
  public static final PriceBoard EMPTY = new PriceBoard(new TreeMap<>());

  private final NavigableMap<OfferName, NavigableMap<Instant, Published>> series;

  private PriceBoard(NavigableMap<OfferName, NavigableMap<Instant, Published>> series) {
    this.series = series;
  }

  /** A document of a series, and what became of it. */
  private record Published(
      PriceSeries first, List<PriceAmendment> amendments, Map<Instant, Amended> changed) {
    long version() {
      return amendments.isEmpty() ? 1 : amendments.get(amendments.size() - 1).version();
    }

    Price at(int interval) {
      Instant from = first.startOf(interval);
      Amended amended = changed.get(from);
      return new Price(
          from,
          from.plus(first.step()),
          amended == null ? first.prices().get(interval) : amended.change().price(),
          first.prices().get(interval),
          amended == null ? 1 : amended.by().version(),
          (amended == null ? first.header() : amended.by().header()).id());
    }
  }

  private record Amended(PriceAmendment.Change change, PriceAmendment by) {}

  /** A stretch for which nothing was published, though prices before and after it were. */
  public record Gap(Instant from, Instant until) {
    @Override
    public String toString() {
      return "nothing from " + from + " to " + until;
    }
  }

  /**
   * With one more document of a series, which joins on to what there is. The same again changes
   * nothing.
   *
   * @throws Refused {@code id-conflict} where there are prices already, which only an amendment
   *     changes; {@code precondition} where prices before it are missing; {@code invalid-argument}
   *     when it is in another currency or zone
   */
  public PriceBoard with(PriceSeries more) {
    return with(more, false);
  }

  /**
   * As {@link #with(PriceSeries)}, at a place that may have missed one before: what is missing is a
   * gap, until a document fills it.
   */
  public PriceBoard received(PriceSeries more) {
    return with(more, true);
  }

  private PriceBoard with(PriceSeries more, boolean apart) {
    NavigableMap<Instant, Published> known = series.getOrDefault(more.name(), new TreeMap<>());
    for (Published published : known.values()) {
      if (published.first().equals(more)) {
        return this;
      }
    }
    if (!known.isEmpty()) {
      requireAlike(known.firstEntry().getValue().first(), more);
      Optional<PriceSeries> before = first(known.floorEntry(more.start()));
      Optional<PriceSeries> after = first(known.higherEntry(more.start()));
      before.filter(last -> last.end().isAfter(more.start())).ifPresent(it -> conflict(it, more));
      after.filter(next -> next.start().isBefore(more.end())).ifPresent(it -> conflict(it, more));
      if (!apart) {
        requireJoined(before, more, after);
      }
    }
    return put(more.name(), new Published(more, List.of(), Map.of()));
  }

  private static Optional<PriceSeries> first(Map.Entry<Instant, Published> entry) {
    return Optional.ofNullable(entry).map(found -> found.getValue().first());
  }

  private static void requireAlike(PriceSeries known, PriceSeries more) {
    if (!more.currency().equals(known.currency()) || !more.zone().equals(known.zone())) {
      throw new Refused(
          Refusal.of(
              Reason.INVALID_ARGUMENT,
              "%s is in %s and %s",
              more.name(),
              known.currency(),
              known.zone()));
    }
  }

  private static void conflict(PriceSeries known, PriceSeries more) {
    throw new Refused(
        Refusal.of(
            Reason.ID_CONFLICT,
            "%s has prices from %s to %s already: amend them",
            more.name(),
            later(more.start(), known.start()),
            earlier(more.end(), known.end())));
  }

  private static void requireJoined(
      Optional<PriceSeries> before, PriceSeries more, Optional<PriceSeries> after) {
    boolean joined =
        before.filter(last -> last.end().equals(more.start())).isPresent()
            || after.filter(next -> next.start().equals(more.end())).isPresent();
    if (!joined) {
      Gap gap =
          before
              .map(last -> new Gap(last.end(), more.start()))
              .orElseGet(() -> new Gap(more.end(), after.orElseThrow().start()));
      throw new Refused(Refusal.of(Reason.PRECONDITION, "%s: %s", more.name(), gap));
    }
  }

  /** What is missing of a series between its first price and its last, in order. */
  public List<Gap> gaps(OfferName name) {
    List<Gap> gaps = new ArrayList<>();
    Instant end = null;
    for (Published published : series.getOrDefault(name, new TreeMap<>()).values()) {
      if (end != null && end.isBefore(published.first().start())) {
        gaps.add(new Gap(end, published.first().start()));
      }
      end = published.first().end();
    }
    return List.copyOf(gaps);
  }

  /** The currency of a series; empty when none of it was published. */
  public Optional<Currency> currency(OfferName name) {
    return last(name).map(PriceSeries::currency);
  }

  /** The document of a series that begins last; empty when none of it was published. */
  public Optional<PriceSeries> last(OfferName name) {
    return Optional.ofNullable(series.get(name))
        .map(documents -> documents.lastEntry().getValue().first());
  }

  /** When prices of a series begin next after a moment at which there may be none. */
  public Optional<Instant> nextAfter(OfferName name, Instant at) {
    return Optional.ofNullable(series.getOrDefault(name, new TreeMap<>()).higherKey(at));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /**
   * With some prices changed. The same again changes nothing.
   *
   * @throws Refused {@code unknown} when the document that it amends is not there, {@code
   *     superseded} when a higher version is, {@code id-conflict} when another document has this
   *     version, {@code invalid-argument} when it names what is no interval
   */
  public PriceBoard with(PriceAmendment amendment) {
    Published amended = find(amendment.name(), amendment.amends());
    if (amended.amendments().contains(amendment)) {
      return this;
    }
    if (amendment.version() <= amended.version()) {
      throw new Refused(
          Refusal.of(
              amendment.version() == amended.version() ? Reason.ID_CONFLICT : Reason.SUPERSEDED,
              "version %d of %s of %s is there",
              amended.version(),
              amendment.name(),
              amended.first().start()));
    }
    Map<Instant, Amended> changed = new TreeMap<>(amended.changed());
    for (PriceAmendment.Change change : amendment.changes()) {
      requireInterval(amended.first(), change.at());
      changed.put(change.at(), new Amended(change, amendment));
    }
    List<PriceAmendment> amendments = new ArrayList<>(amended.amendments());
    amendments.add(amendment);
    return put(amendment.name(), new Published(amended.first(), amendments, changed));
  }

  /** Whether this document of a series is there. */
  public boolean has(OfferName name, DocumentId id) {
    return known(name, id).isPresent();
  }

  private Optional<Published> known(OfferName name, DocumentId id) {
    return series.getOrDefault(name, new TreeMap<>()).values().stream()
        .filter(published -> published.first().header().id().equals(id))
        .findFirst();
  }

  private Published find(OfferName name, DocumentId id) {
    return known(name, id)
        .orElseThrow(
            () -> new Refused(Refusal.of(Reason.UNKNOWN, "%s has no document %s", name, id)));
  }

  private static void requireInterval(PriceSeries series, Instant at) {
    boolean within = !at.isBefore(series.start()) && at.isBefore(series.end());
    if (!within || !series.startOf(series.indexAt(at)).equals(at)) {
      throw new Refused(
          Refusal.of(Reason.INVALID_ARGUMENT, "%s: no interval starts at %s", series.name(), at));
    }
  }

  private PriceBoard put(OfferName name, Published published) {
    NavigableMap<Instant, Published> more =
        new TreeMap<>(series.getOrDefault(name, new TreeMap<>()));
    more.put(published.first().start(), published);
    NavigableMap<OfferName, NavigableMap<Instant, Published>> all = new TreeMap<>(series);
    all.put(name, more);
    return new PriceBoard(all);
  }

  public List<OfferName> names() {
    return List.copyOf(series.keySet());
  }

  /** The price at a moment; empty when none was published for it. */
  public Optional<Price> at(OfferName name, Instant at) {
    return Optional.ofNullable(series.get(name))
        .map(documents -> documents.floorEntry(at))
        .map(Map.Entry::getValue)
        .filter(published -> at.isBefore(published.first().end()))
        .map(published -> published.at(published.first().indexAt(at)));
  }

  /** The prices of every interval that touches a time, in order; as far as they were published. */
  public List<Price> between(OfferName name, Instant from, Instant until) {
    List<Price> prices = new ArrayList<>();
    for (Published published : series.getOrDefault(name, new TreeMap<>()).values()) {
      PriceSeries first = published.first();
      if (first.end().isAfter(from) && first.start().isBefore(until)) {
        int interval = first.indexAt(later(from, first.start()));
        while (interval < first.prices().size() && first.startOf(interval).isBefore(until)) {
          prices.add(published.at(interval++));
        }
      }
    }
    return prices;
  }

  /** The prices of a local day, which has 23, 24 or 25 hours; as far as they were published. */
  public List<Price> on(OfferName name, LocalDate day) {
    NavigableMap<Instant, Published> documents = series.get(name);
    if (documents == null) {
      return List.of();
    }
    ZoneId zone = documents.firstEntry().getValue().first().zone();
    return between(
        name, day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** Without documents that ended by then: what is long past need not be kept at hand. */
  public PriceBoard since(Instant time) {
    NavigableMap<OfferName, NavigableMap<Instant, Published>> rest = new TreeMap<>();
    series.forEach(
        (name, documents) -> {
          NavigableMap<Instant, Published> kept = new TreeMap<>(documents);
          kept.values().removeIf(published -> !published.first().end().isAfter(time));
          if (!kept.isEmpty()) {
            rest.put(name, kept);
          }
        });
    return new PriceBoard(rest);
  }
}
