// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.ied.branch.Rules;
import energy.muster.ied.branch.Transfer;
import energy.muster.json.Fields;
import energy.muster.presence.Position;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What stands at the end of the wire, as the configuration describes it. */
public sealed interface DriverSettings extends DriverFactory {
  /**
   * A consumer of power.
   *
   * @param rated what it draws while nothing is shed or limited
   * @param critical never shed
   * @param process a process that must not be interrupted, if one is on
   * @param needs what it cannot do without, which shows only when it is asked to shed
   */
  record Load(
      Power rated, boolean critical, Optional<CriticalProcess> process, Optional<Need> needs)
      implements DriverSettings {
    /** One that can shed all it draws. */
    public Load(Power rated, boolean critical, Optional<CriticalProcess> process) {
      this(rated, critical, process, Optional.empty());
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
                  needs));
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
   * A generating set.
   *
   * @param starting how long it takes from the start order until it feeds
   * @param stopping how long it cools down
   * @param fuelPercent in its tank when it is first commissioned
   * @param tankLasts how long a full tank lasts at full power
   */
  record Generator(
      Power rated, Duration starting, Duration stopping, BigDecimal fuelPercent, Duration tankLasts)
      implements DriverSettings {
    private static final BigDecimal FULL = BigDecimal.valueOf(100);

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
                  seconds(named, "startSeconds", starting.toSeconds()),
                  seconds(named, "stopSeconds", stopping.toSeconds()),
                  fuelPercent,
                  tankLasts));
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
   */
  record Meter(Power power, BigDecimal energyKilowattHours) implements DriverSettings {
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
    private static final int ON_SECONDS = 10;
    private static final int OFF_SECONDS = 300;

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
                      seconds(named, "onDelaySeconds", rules.onDelay().toSeconds()),
                      seconds(named, "offDelaySeconds", rules.offDelay().toSeconds()),
                      rules.transfers())));
    }

    private static Branch read(Fields fields) {
      return new Branch(
          fields.value("area", Area::new),
          Power.kilowatts(fields.decimal("ratingKw")),
          new Rules(
              seconds(fields, "onDelaySeconds", ON_SECONDS),
              seconds(fields, "offDelaySeconds", OFF_SECONDS),
              fields.has("transfers")
                  ? fields.objects("transfers").stream().map(Transfer::read).toList()
                  : List.of()));
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

  Duration MINUTE = Duration.ofMinutes(1);

  /**
   * Reads the {@code driver} object of a configuration; what it does not know it refuses.
   *
   * @param folder relative paths in it are relative to this one
   */
  static DriverSettings read(Fields fields, Path folder) {
    return fields.all(
        known -> {
          DriverSettings bare = thing(known);
          DriverSettings thing =
              known
                  .optionalText("surroundings")
                  .map(file -> (DriverSettings) new Played(bare, folder.resolve(file)))
                  .orElse(bare);
          return known
              .optionalText("trace")
              .map(file -> (DriverSettings) new Traced(thing, folder.resolve(file)))
              .orElse(thing);
        });
  }

  private static DriverSettings thing(Fields known) {
    String type = known.text("type");
    return switch (type) {
      case "load" -> load(known);
      case "generator" -> generator(known);
      case "breaker" -> breaker(known);
      case "meter" -> meter(known);
      case "branch" -> Branch.read(known);
      default ->
          throw new Refused(
              Reason.UNSUPPORTED,
              "there is no driver type '"
                  + type
                  + "'; use load, generator, breaker, meter or branch");
    };
  }

  private static Load load(Fields fields) {
    return new Load(
        Power.kilowatts(fields.decimal("kw")),
        fields.has("critical") && fields.flag("critical"),
        fields
            .optionalObject("criticalProcess")
            .map(
                process ->
                    process.all(
                        known -> new CriticalProcess(known.text("note"), known.instant("until")))),
        fields
            .optionalObject("needs")
            .map(
                need ->
                    need.all(
                        known ->
                            new Need(Power.kilowatts(known.decimal("kw")), known.text("note")))));
  }

  private static Generator generator(Fields fields) {
    return new Generator(
        Power.kilowatts(fields.decimal("kw")),
        seconds(fields, "startSeconds", 20),
        seconds(fields, "stopSeconds", 10),
        fields.optionalDecimal("fuelPercent").orElse(BigDecimal.valueOf(81)),
        seconds(fields, "tankSeconds", 8 * 3600));
  }

  private static Breaker breaker(Fields fields) {
    boolean tripped = fields.has("tripped") && fields.flag("tripped");
    Position position =
        fields
            .optionalOneOf("position", Position::ofWire)
            .orElse(tripped ? Position.OPEN : Position.CLOSED);
    return new Breaker(
        position, tripped, fields.optionalObject("protection").map(Protection::read));
  }

  private static Meter meter(Fields fields) {
    return new Meter(
        Power.kilowatts(fields.decimal("kw")),
        fields.optionalDecimal("energyKwh").orElse(BigDecimal.ZERO));
  }

  private static Duration seconds(Fields fields, String name, long otherwise) {
    return Duration.ofSeconds(fields.optionalInteger(name).orElse(otherwise));
  }
}
