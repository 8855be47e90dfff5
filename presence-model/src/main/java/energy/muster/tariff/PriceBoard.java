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
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The prices that were published, of any number of series. Within a series one document follows the
 * other without a gap.
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

  /**
   * With one more document of a series. The same again changes nothing.
   *
   * @throws Refused {@code id-conflict} where there are prices already, which only an amendment
   *     changes; {@code precondition} where prices before it are missing; {@code invalid-argument}
   *     when it is in another currency or zone
   */
  public PriceBoard with(PriceSeries more) {
    NavigableMap<Instant, Published> known = series.getOrDefault(more.name(), new TreeMap<>());
    for (Published published : known.values()) {
      if (published.first().equals(more)) {
        return this;
      }
    }
    if (!known.isEmpty()) {
      requireNext(known, more);
    }
    return put(more.name(), new Published(more, List.of(), Map.of()));
  }

  private static void requireNext(NavigableMap<Instant, Published> known, PriceSeries more) {
    PriceSeries first = known.firstEntry().getValue().first();
    PriceSeries last = known.lastEntry().getValue().first();
    if (!more.currency().equals(last.currency()) || !more.zone().equals(last.zone())) {
      throw new Refused(
          Refusal.of(
              Reason.INVALID_ARGUMENT,
              "%s is in %s and %s",
              more.name(),
              last.currency(),
              last.zone()));
    }
    if (more.start().isAfter(last.end())) {
      throw gap(more.name(), last.end(), more.start());
    }
    if (more.end().isBefore(first.start())) {
      throw gap(more.name(), more.end(), first.start());
    }
    if (more.start().isBefore(last.end()) && first.start().isBefore(more.end())) {
      throw new Refused(
          Refusal.of(
              Reason.ID_CONFLICT,
              "%s has prices from %s to %s already: amend them",
              more.name(),
              later(more.start(), first.start()),
              earlier(more.end(), last.end())));
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Refused gap(OfferName name, Instant from, Instant until) {
    return new Refused(
        Refusal.of(Reason.PRECONDITION, "%s: nothing from %s to %s", name, from, until));
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

  private Published find(OfferName name, DocumentId id) {
    return series.getOrDefault(name, new TreeMap<>()).values().stream()
        .filter(published -> published.first().header().id().equals(id))
        .findFirst()
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
