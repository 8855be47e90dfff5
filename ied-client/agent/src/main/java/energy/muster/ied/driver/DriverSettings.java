// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.ied.branch.Rules;
import energy.muster.json.Fields;
import energy.muster.presence.Position;
import energy.muster.presence.Ramp;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What stands at the end of the wire, as the configuration describes it. */
public sealed interface DriverSettings extends DriverFactory {
  /**
   * A consumer of power.
   *
   * @param rated what it draws while nothing is shed or limited
   * @param critical never shed
   * @param process a process that must not be interrupted, if one is on
   * @param needs what it cannot do without, which shows only when it is asked to shed
   * @param derating what it can only do for now
   * @param ramp how fast it comes back; without one, at once
   * @param on whether it draws power when it is first commissioned
   */
  record Load(
      Power rated,
      boolean critical,
      Optional<CriticalProcess> process,
      Optional<Need> needs,
      Optional<Derating> derating,
      Optional<Ramp> ramp,
      boolean on)
      implements DriverSettings {
    /** One that is on, can shed all it draws and is back at once. */
    public Load(Power rated, boolean critical, Optional<CriticalProcess> process) {
      this(rated, critical, process, Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    @Override
    public Driver build(Optional<ObjectNode> saved, Surroundings surroundings) {
      return new LoadDriver(this, saved, surroundings);
    }

    @Override
    public DriverFactory with(Fields settings) {
      return settings.all(
          named ->
              new Load(
                  rated,
                  named.has("critical") ? named.flag("critical") : critical,
                  process,
                  needs,
                  derating,
                  ramp,
                  on));
    }
  }

  /**
   * @param power that stays on when all else of the load is shed
   * @param note why, for people
   */
  record Need(Power power, String note) {}

  /**
   * @param until when the process ends by itself
   */
  record CriticalProcess(String note, Instant until) {}

  /**
   * What a thing can only do for now, which it announces and which no order overcomes.
   *
   * @param most the power it takes at most
   * @param ramp how fast that may change
   * @param note why, for people
   * @param until when it expects to be sound again
   */
  record Derating(Optional<Power> most, Optional<Ramp> ramp, String note, Optional<Instant> until) {
    public Derating {
      if (most.isEmpty() && ramp.isEmpty()) {
        throw new IllegalArgumentException("a derated thing has a maxKw or a maxKwPerMin");
      }
    }

    boolean holds(Instant now) {
      return until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** As people and the service are told of it. */
    Restriction restriction(Set<Verb> allows) {
      return new Restriction(
          RestrictionReason.MAINTENANCE, allows, most, ramp, note, until, Optional.empty());
    }
  }

  /**
   * A generating set.
   *
   * @param starting how long it takes from the start order until it feeds
   * @param stopping how long it cools down
   * @param fuelPercent in its tank when it is first commissioned
   * @param tankLasts how long a full tank lasts at full power
   * @param derating what it can only do for now
   * @param ramp how fast its power changes; without one, at once
   */
  record Generator(
      Power rated,
      Duration starting,
      Duration stopping,
      BigDecimal fuelPercent,
      Duration tankLasts,
      Optional<Derating> derating,
      Optional<Ramp> ramp)
      implements DriverSettings {
    private static final BigDecimal FULL = BigDecimal.valueOf(100);

    /** A sound one that gives what it is asked for at once. */
    public Generator(
        Power rated,
        Duration starting,
        Duration stopping,
        BigDecimal fuelPercent,
        Duration tankLasts) {
      this(rated, starting, stopping, fuelPercent, tankLasts, Optional.empty(), Optional.empty());
    }

    public Generator {
      if (rated.equals(Power.ZERO)) {
        throw new IllegalArgumentException("a generator's kw is above 0");
      }
      if (fuelPercent.signum() < 0 || fuelPercent.compareTo(FULL) > 0) {
        throw new IllegalArgumentException("fuelPercent is 0 to 100, not " + fuelPercent);
      }
      if (starting.isNegative() || stopping.isNegative() || tankLasts.compareTo(MINUTE) < 0) {
        throw new IllegalArgumentException(
            "times are not negative, and a full tank lasts for a minute at least");
      }
    }

    @Override
    public Driver build(Optional<ObjectNode> saved, Surroundings surroundings) {
      return new GeneratorDriver(this, saved, surroundings);
    }

    @Override
    public DriverFactory with(Fields settings) {
      return settings.all(
          named ->
              new Generator(
                  rated,
                  DriverReader.seconds(named, "startSeconds", starting.toSeconds()),
                  DriverReader.seconds(named, "stopSeconds", stopping.toSeconds()),
                  fuelPercent,
                  tankLasts,
                  derating,
                  ramp));
    }
  }

  /**
   * A switch of the feeder.
   *
   * @param position when it is first commissioned
   * @param tripped opened by its protection, when first commissioned
   * @param protection its relay; one without never trips by itself
   */
  record Breaker(Position position, boolean tripped, Optional<Protection> protection)
      implements DriverSettings {
    /** One without a relay. */
    public Breaker(Position position, boolean tripped) {
      this(position, tripped, Optional.empty());
    }

    @Override
    public Driver build(Optional<ObjectNode> saved, Surroundings surroundings) {
      return new BreakerDriver(this, saved, surroundings);
    }
  }

  /**
   * A counter of energy.
   *
   * @param power what flows through it
   * @param energyKilowattHours its register when it is first commissioned
   * @param memory a file with what it counted before
   */
  record Meter(Power power, BigDecimal energyKilowattHours, Optional<Path> memory)
      implements DriverSettings {
    /** One that begins to count when it is commissioned. */
    public Meter(Power power, BigDecimal energyKilowattHours) {
      this(power, energyKilowattHours, Optional.empty());
    }

    @Override
    public Driver build(Optional<ObjectNode> saved, Surroundings surroundings) {
      return new MeterDriver(this, saved, surroundings);
    }
  }

  /**
   * The master IED of a branch.
   *
   * @param rating what the branch's head may carry
   */
  record Branch(Area area, Power rating, Rules rules) implements DriverSettings {
    public Branch {
      if (rules.onDelay().isNegative() || rules.offDelay().isNegative()) {
        throw new IllegalArgumentException("a delay is not negative");
      }
      if (rating.equals(Power.ZERO)) {
        throw new IllegalArgumentException("a branch's ratingKw is above 0");
      }
    }

    @Override
    public Driver build(Optional<ObjectNode> saved, Surroundings surroundings) {
      return new BranchDriver(this, surroundings);
    }

    @Override
    public DriverFactory with(Fields settings) {
      return settings.all(
          named ->
              new Branch(
                  area,
                  named.optionalDecimal("ratingKw").map(Power::kilowatts).orElse(rating),
                  new Rules(
                      DriverReader.seconds(named, "onDelaySeconds", rules.onDelay().toSeconds()),
                      DriverReader.seconds(named, "offDelaySeconds", rules.offDelay().toSeconds()),
                      rules.transfers())));
    }
  }

  /**
   * Any of the others with a record of its own.
   *
   * @param trace the file in which it records each order at the moment of acting
   */
  record Traced(DriverFactory thing, Path trace) implements DriverSettings {
    @Override
    public Driver build(Optional<ObjectNode> saved, Surroundings surroundings) {
      return new TracedDriver(thing.build(saved, surroundings), trace, surroundings.clock());
    }

    @Override
    public DriverFactory with(Fields settings) {
      return new Traced(thing.with(settings), trace);
    }
  }

  /**
   * Any of the others in surroundings that are played to it.
   *
   * @param script the file that says what they are like now; it may change, and may not be there
   */
  record Played(DriverFactory thing, Path script) implements DriverSettings {
    @Override
    public Driver build(Optional<ObjectNode> saved, Surroundings surroundings) {
      return new PlayedDriver(thing.build(saved, surroundings), script, surroundings);
    }

    @Override
    public DriverFactory with(Fields settings) {
      return new Played(thing.with(settings), script);
    }
  }

  /**
   * Any of the others whose energy is counted.
   *
   * @param step how long an interval is
   * @param report how often readings are told
   * @param memory a file with what it counted before
   */
  record Metered(DriverFactory thing, Duration step, Duration report, Optional<Path> memory)
      implements DriverSettings {
    public Metered {
      var unused = new MeteringPoint(step, report, Optional.empty());
    }

    @Override
    public Driver build(Optional<ObjectNode> saved, Surroundings surroundings) {
      return new MeteredDriver(thing.build(saved, surroundings), this);
    }

    @Override
    public DriverFactory with(Fields settings) {
      return new Metered(thing.with(settings), step, report, memory);
    }
  }

  Duration MINUTE = Duration.ofMinutes(1);

  /**
   * Reads the {@code driver} object of a configuration; what it does not know it refuses.
   *
   * @param folder relative paths in it are relative to this one
   */
  static DriverSettings read(Fields fields, Path folder) {
    return DriverReader.read(fields, folder);
  }
}
