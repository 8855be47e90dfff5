// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tariffs that were published, of any number of suppliers, and which of them holds when. A
 * version holds from its first day on, over every lower one and for good: where it ends, no lower
 * one comes back.
 */
public final class TariffBoard {
  public static final TariffBoard EMPTY = new TariffBoard(new TreeMap<>());

  private final NavigableMap<OfferName, NavigableMap<Long, Tariff>> versions;

  private TariffBoard(NavigableMap<OfferName, NavigableMap<Long, Tariff>> versions) {
    this.versions = versions;
  }

  /** A stretch of time in which one version holds. */
  public record Reign(Instant from, Instant until, Tariff tariff) {}

  /**
   * With one more. The same again changes nothing.
   *
   * @throws Refused {@code superseded} when a higher version is there already, {@code id-conflict}
   *     when another document has this version, {@code invalid-argument} when it has another
   *     currency or zone than the version before
   */
  public TariffBoard with(Tariff tariff) {
    NavigableMap<Long, Tariff> known = versions.getOrDefault(tariff.name(), new TreeMap<>());
    if (tariff.equals(known.get(tariff.version()))) {
      return this;
    }
    if (!known.isEmpty()) {
      requireSuccessor(known.lastEntry().getValue(), tariff);
    }
    NavigableMap<Long, Tariff> more = new TreeMap<>(known);
    more.put(tariff.version(), tariff);
    NavigableMap<OfferName, NavigableMap<Long, Tariff>> all = new TreeMap<>(versions);
    all.put(tariff.name(), more);
    return new TariffBoard(all);
  }

  private static void requireSuccessor(Tariff newest, Tariff tariff) {
    if (tariff.version() < newest.version()) {
      throw new Refused(
          Refusal.of(
              Reason.SUPERSEDED, "version %d of %s is there", newest.version(), newest.name()));
    }
    if (tariff.version() == newest.version()) {
      throw new Refused(
          Refusal.of(
              Reason.ID_CONFLICT, "%s is another document, %s", newest, newest.header().id()));
    }
    if (!tariff.currency().equals(newest.currency())
        || !tariff.validity().zone().equals(newest.validity().zone())) {
      throw new Refused(
          Refusal.of(
              Reason.INVALID_ARGUMENT,
              "%s is in %s and %s; another is another tariff",
              newest,
              newest.currency(),
              newest.validity().zone()));
    }
  }

  /** Every tariff that was published, by supplier and name. */
  public List<OfferName> names() {
    return List.copyOf(versions.keySet());
  }

  /** All versions of a tariff, lowest first. */
  public List<Tariff> versionsOf(OfferName name) {
    return List.copyOf(versions.getOrDefault(name, new TreeMap<>()).values());
  }

  /** The version that holds at a moment. */
  public Optional<Tariff> at(OfferName name, Instant at) {
    return versions.getOrDefault(name, new TreeMap<>()).descendingMap().values().stream()
        .filter(tariff -> !at.isBefore(tariff.validity().begins()))
        .findFirst()
        .filter(tariff -> tariff.validity().includes(at));
  }

  /** What holds at a moment, of every tariff that does. */
  public Map<OfferName, Tariff> at(Instant at) {
    Map<OfferName, Tariff> all = new TreeMap<>();
    versions.keySet().forEach(name -> at(name, at).ifPresent(tariff -> all.put(name, tariff)));
    return all;
  }

  /**
   * The versions that hold one after the other.
   *
   * @throws Refused {@code precondition} where none does, naming the first such stretch
   */
  public List<Reign> reigns(OfferName name, Instant from, Instant until) {
    List<Reign> reigns = new ArrayList<>();
    Instant begin = from;
    while (begin.isBefore(until)) {
      Instant end = edgeAfter(name, begin, until);
      Optional<Tariff> tariff = at(name, begin);
      if (tariff.isEmpty()) {
        throw new Refused(
            Refusal.of(Reason.PRECONDITION, "%s: nothing from %s to %s", name, begin, end));
      }
      Reign last = reigns.isEmpty() ? null : reigns.get(reigns.size() - 1);
      if (last != null && last.tariff().equals(tariff.get())) {
        reigns.set(reigns.size() - 1, new Reign(last.from(), end, last.tariff()));
      } else {
        reigns.add(new Reign(begin, end, tariff.get()));
      }
      begin = end;
    }
    return List.copyOf(reigns);
  }

  /** When the next version begins to hold, or one ends, before then. */
  public Instant edgeAfter(OfferName name, Instant at, Instant otherwise) {
    return versions.getOrDefault(name, new TreeMap<>()).values().stream()
        .map(Tariff::validity)
        .flatMap(validity -> Stream.concat(Stream.of(validity.begins()), validity.ends().stream()))
        .filter(edge -> edge.isAfter(at) && edge.isBefore(otherwise))
        .min(Comparator.naturalOrder())
        .orElse(otherwise);
  }
}
