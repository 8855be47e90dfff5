// SPDX-License-Identifier: Apache-2.0
package energy.muster.metering;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one meter counted, interval after interval without a hole: where nothing was counted, there
 * is an interval that says so. Nothing is taken away; a correction keeps what it replaces. It does
 * not change: what adds to it gives another.
 */
public final class Readings {
  /** Forty years of quarters of an hour. */
  private static final int MOST = 1_500_000;

  private static final Quality[] QUALITIES = Quality.values();

  private final Instant start;
  private final Duration step;
  private final long[] imported;
  private final long[] exported;
  private final byte[] flags;
  private final List<Correction> corrections;

  private Readings(
      Instant start,
      Duration step,
      long[] imported,
      long[] exported,
      byte[] flags,
      List<Correction> corrections) {
    this.start = start;
    this.step = step;
    this.imported = imported;
    this.exported = exported;
    this.flags = flags;
    this.corrections = corrections;
  }

  /**
   * @param step how long every interval is, 1 to 60 whole minutes
   * @param intervals rising, each a whole number of steps after the first; what lies between two is
   *     missing
   */
  public static Readings of(Duration step, List<IntervalEnergy> intervals) {
    requireStep(step);
    Instant start = intervals.isEmpty() ? Instant.EPOCH : intervals.get(0).start();
    return new Readings(start, step, new long[0], new long[0], new byte[0], List.of())
        .with(intervals);
  }

  static void requireStep(Duration step) {
    if (!step.equals(Duration.ofMinutes(step.toMinutes()))
        || step.toMinutes() < 1
        || step.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("an interval is 1 to 60 whole minutes");
    }
  }

  /**
   * With more after the end; what lies between is missing.
   *
   * @throws Refused {@code id-conflict} for one that is there already with another value, which
   *     takes a correction, or that is not in order, {@code invalid-argument} for one that starts
   *     between two
   */
  public Readings with(List<IntervalEnergy> more) {
    List<IntervalEnergy> fresh = more.stream().filter(each -> !isThere(each)).toList();
    if (fresh.isEmpty()) {
      return this;
    }
    Instant begin = size() == 0 ? fresh.get(0).start() : start;
    int last = fresh.stream().mapToInt(each -> index(begin, each.start())).max().orElseThrow();
    int end = Math.max(size(), last + 1);
    if (end > MOST) {
      throw new Refused(
          Refusal.of(Reason.TOO_LARGE, "at most %d intervals of a meter are kept at hand", MOST));
    }
    long[] in = Arrays.copyOf(imported, end);
    long[] out = Arrays.copyOf(exported, end);
    byte[] quality = Arrays.copyOf(flags, end);
    Arrays.fill(quality, size(), end, bit(Quality.MISSING));
    int before = size() - 1;
    for (IntervalEnergy each : fresh) {
      int at = index(begin, each.start());
      if (at <= before) {
        throw new Refused(
            Refusal.of(
                Reason.ID_CONFLICT,
                "%s does not come after what is there: correct it",
                each.start()));
      }
      before = at;
      in[at] = each.importWh();
      out[at] = each.exportWh();
      quality[at] = bits(each.quality());
    }
    return new Readings(begin, step, in, out, quality, corrections);
  }

  private boolean isThere(IntervalEnergy interval) {
    return indexAt(interval.start()).map(index -> at(index).equals(interval)).orElse(false);
  }

  /** Counted from 0; -1 for any before the first, the most there may be for any beyond. */
  private int index(Instant begin, Instant at) {
    long seconds = Duration.between(begin, at).toSeconds();
    if (seconds % step.toSeconds() != 0) {
      throw new Refused(
          Refusal.of(
              Reason.INVALID_ARGUMENT, "%s is no whole number of intervals after %s", at, begin));
    }
    return (int) Math.max(-1, Math.min(MOST, seconds / step.toSeconds()));
  }

  /**
   * With another value in the place of one, which is kept.
   *
   * @param at when that was decided
   * @throws Refused {@code unknown} when there is no such interval
   */
  public Readings corrected(IntervalEnergy by, String reason, Instant at) {
    int index =
        indexAt(by.start())
            .filter(found -> startOf(found).equals(by.start()))
            .orElseThrow(
                () ->
                    new Refused(
                        Refusal.of(Reason.UNKNOWN, "there is no interval at %s", by.start())));
    IntervalEnergy flagged = by.corrected();
    long[] in = imported.clone();
    long[] out = exported.clone();
    byte[] quality = flags.clone();
    in[index] = flagged.importWh();
    out[index] = flagged.exportWh();
    quality[index] = bits(flagged.quality());
    List<Correction> all = new ArrayList<>(corrections);
    all.add(new Correction(at(index), flagged, reason, at));
    return new Readings(start, step, in, out, quality, List.copyOf(all));
  }

  /** Only what starts within a time, with its corrections; empty where that is nothing. */
  public Optional<Readings> within(Instant from, Instant until) {
    int first = firstFrom(from);
    int last = Math.max(first, firstFrom(until));
    if (first == last) {
      return Optional.empty();
    }
    return Optional.of(
        new Readings(
            startOf(first),
            step,
            Arrays.copyOfRange(imported, first, last),
            Arrays.copyOfRange(exported, first, last),
            Arrays.copyOfRange(flags, first, last),
            corrections.stream()
                .filter(each -> !each.by().start().isBefore(startOf(first)))
                .filter(each -> each.by().start().isBefore(startOf(last)))
                .toList()));
  }

  /** Every correction, in the order in which they were made. */
  public List<Correction> corrections() {
    return corrections;
  }

  /** What stood there first of all, whatever was corrected since. */
  public IntervalEnergy original(int interval) {
    return corrections.stream()
        .map(Correction::original)
        .filter(original -> original.start().equals(startOf(interval)))
        .findFirst()
        .orElseGet(() -> at(interval));
  }

  public int size() {
    return imported.length;
  }

  public Duration step() {
    return step;
  }

  /** When the first interval starts. */
  public Instant start() {
    return start;
  }

  /** When the last interval ends. */
  public Instant end() {
    return startOf(size());
  }

  public Instant startOf(int interval) {
    return start.plusSeconds(step.toSeconds() * interval);
  }

  /** Which interval a moment lies in; empty before the first and after the last. */
  public Optional<Integer> indexAt(Instant at) {
    return at.isBefore(start) || !at.isBefore(end())
        ? Optional.empty()
        : Optional.of(Math.toIntExact(Duration.between(start, at).dividedBy(step)));
  }

  public long importWh(int interval) {
    return imported[interval];
  }

  public long exportWh(int interval) {
    return exported[interval];
  }

  public boolean is(int interval, Quality quality) {
    return (flags[interval] & bit(quality)) != 0;
  }

  public IntervalEnergy at(int interval) {
    Set<Quality> quality = EnumSet.noneOf(Quality.class);
    for (Quality each : QUALITIES) {
      if (is(interval, each)) {
        quality.add(each);
      }
    }
    return new IntervalEnergy(startOf(interval), imported[interval], exported[interval], quality);
  }

  /** All intervals that start within a time. */
  public List<IntervalEnergy> between(Instant from, Instant until) {
    List<IntervalEnergy> found = new ArrayList<>();
    for (int i = firstFrom(from); i < firstFrom(until); i++) {
      found.add(at(i));
    }
    return found;
  }

  /** The sum of all intervals that start within a time. */
  public EnergySum sum(Instant from, Instant until) {
    long in = 0;
    long out = 0;
    int estimated = 0;
    int missing = 0;
    int first = firstFrom(from);
    int end = Math.max(first, firstFrom(until));
    for (int i = first; i < end; i++) {
      in += imported[i];
      out += exported[i];
      estimated += is(i, Quality.ESTIMATED) ? 1 : 0;
      missing += is(i, Quality.MISSING) ? 1 : 0;
    }
    return new EnergySum(in, out, end - first, estimated, missing);
  }

  /** The sum of a local day, which has 23, 24 or 25 hours. */
  public EnergySum day(LocalDate day, ZoneId zone) {
    return sum(day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** The sum of a local month. */
  public EnergySum month(YearMonth month, ZoneId zone) {
    return sum(
        month.atDay(1).atStartOfDay(zone).toInstant(),
        month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
  }

  /** The first interval that starts at a moment or after it; the size where there is none. */
  private int firstFrom(Instant at) {
    if (!at.isAfter(start)) {
      return 0;
    }
    long seconds = Duration.between(start, at).toSeconds();
    long steps = Math.floorDiv(seconds + step.toSeconds() - 1, step.toSeconds());
    return (int) Math.min(size(), steps);
  }

  private static byte bit(Quality quality) {
    for (int i = 0; i < QUALITIES.length; i++) {
      if (QUALITIES[i] == quality) {
        return (byte) (1 << i);
      }
    }
    throw new AssertionError(quality);
  }

  private static byte bits(Set<Quality> quality) {
    byte bits = 0;
    for (Quality each : quality) {
      bits |= bit(each);
    }
    return bits;
  }
}
