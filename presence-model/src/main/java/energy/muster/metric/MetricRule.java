// SPDX-License-Identifier: Apache-2.0
package energy.muster.metric;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a figure of the records of a unit of work: it selects some of them and composes their
 * values.
 *
 * @param name of the figure, as a kind is named
 */
public record MetricRule(String name, Composition composition) {
  /** What was delivered of what was promised, 1 where it was all. */
  public static final MetricRule SHED_DELIVERED =
      new MetricRule(
          "shed-delivered-share",
          new Composition.Ratio(
              new Composition.Sum("delivered-kwh"), new Composition.Sum("promised-kwh")));

  /** How values become one. */
  public sealed interface Composition {
    /** Empty where there is nothing to make it of. */
    Optional<BigDecimal> of(List<UsageRecord> records);

    /** All of a kind, added up. */
    record Sum(String kind) implements Composition {
      public Sum {
        UsageRecord.requireKind(kind);
      }

      @Override
      public Optional<BigDecimal> of(List<UsageRecord> records) {
        return values(records, kind).stream().reduce(BigDecimal::add);
      }
    }

    /** The largest of a kind. */
    record Largest(String kind) implements Composition {
      public Largest {
        UsageRecord.requireKind(kind);
      }

      @Override
      public Optional<BigDecimal> of(List<UsageRecord> records) {
        return values(records, kind).stream().reduce(BigDecimal::max);
      }
    }

    /** How many there are of a kind. */
    record Count(String kind) implements Composition {
      public Count {
        UsageRecord.requireKind(kind);
      }

      @Override
      public Optional<BigDecimal> of(List<UsageRecord> records) {
        return Optional.of(BigDecimal.valueOf(values(records, kind).size()));
      }
    }

    /** One without another. */
    record Difference(Composition of, Composition less) implements Composition {
      public Difference {
        Objects.requireNonNull(of);
        Objects.requireNonNull(less);
      }

      @Override
      public Optional<BigDecimal> of(List<UsageRecord> records) {
        return of.of(records).flatMap(one -> less.of(records).map(one::subtract));
      }
    }

    /** One for each of another, to 16 digits; empty where the other is nothing. */
    record Ratio(Composition of, Composition to) implements Composition {
      public Ratio {
        Objects.requireNonNull(of);
        Objects.requireNonNull(to);
      }

      @Override
      public Optional<BigDecimal> of(List<UsageRecord> records) {
        return to.of(records)
            .filter(whole -> whole.signum() != 0)
            .flatMap(whole -> of.of(records).map(one -> one.divide(whole, MathContext.DECIMAL64)));
      }
    }

    private static List<BigDecimal> values(List<UsageRecord> records, String kind) {
      return records.stream()
          .filter(record -> record.kind().equals(kind))
          .map(UsageRecord::value)
          .toList();
    }
  }

  public MetricRule {
    UsageRecord.requireKind(name);
    Objects.requireNonNull(composition);
  }

  /**
   * The figure of a unit of work; empty where it has no records for it.
   *
   * @throws IllegalStateException while records may still come: a figure is final or is none
   */
  public Optional<BigDecimal> of(UnitOfWork work) {
    if (!work.complete()) {
      throw new IllegalStateException("records of " + work.id() + " may still come");
    }
    return composition.of(work.records());
  }
}
