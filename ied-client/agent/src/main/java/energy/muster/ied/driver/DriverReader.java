// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.ied.branch.Rules;
import energy.muster.ied.branch.Transfer;
import energy.muster.json.Fields;
import energy.muster.presence.Position;
import energy.muster.presence.Ramp;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the {@code driver} object of a configuration; what it does not know it refuses. */
final class DriverReader {
  private static final int ON_SECONDS = 10;
  private static final int OFF_SECONDS = 300;

  private DriverReader() {}

  static DriverSettings read(Fields fields, Path folder) {
    return fields.all(
        known -> {
          DriverSettings bare = metered(known, thing(known, folder), folder);
          DriverSettings thing =
              known
                  .optionalText("surroundings")
                  .map(
                      file ->
                          (DriverSettings) new DriverSettings.Played(bare, folder.resolve(file)))
                  .orElse(bare);
          return known
              .optionalText("trace")
              .map(file -> (DriverSettings) new DriverSettings.Traced(thing, folder.resolve(file)))
              .orElse(thing);
        });
  }

  private static DriverSettings metered(Fields known, DriverSettings thing, Path folder) {
    return known
        .optionalObject("metering")
        .map(metering -> metering.all(fields -> metered(thing, fields, folder)))
        .orElse(thing);
  }

  private static DriverSettings metered(DriverSettings thing, Fields fields, Path folder) {
    Duration step = minutes(fields, "minutes", MeteringPoint.USUAL_STEP);
    return new DriverSettings.Metered(
        thing,
        step,
        minutes(fields, "reportMinutes", MeteringPoint.USUAL_REPORT),
        fields.optionalText("memory").map(folder::resolve));
  }

  private static Duration minutes(Fields fields, String name, Duration otherwise) {
    return Duration.ofMinutes(fields.optionalInteger(name).orElse(otherwise.toMinutes()));
  }

  private static DriverSettings thing(Fields known, Path folder) {
    String type = known.text("type");
    return switch (type) {
      case "load" -> load(known);
      case "generator" -> generator(known);
      case "breaker" -> breaker(known);
      case "meter" -> meter(known, folder);
      case "branch" -> branch(known);
      default ->
          throw new Refused(
              Reason.UNSUPPORTED,
              "there is no driver type '"
                  + type
                  + "'; use load, generator, breaker, meter or branch");
    };
  }

  private static DriverSettings.Load load(Fields fields) {
    return new DriverSettings.Load(
        Power.kilowatts(fields.decimal("kw")),
        fields.has("critical") && fields.flag("critical"),
        fields
            .optionalObject("criticalProcess")
            .map(
                process ->
                    process.all(
                        known ->
                            new DriverSettings.CriticalProcess(
                                known.text("note"), known.instant("until")))),
        fields
            .optionalObject("needs")
            .map(
                need ->
                    need.all(
                        known ->
                            new DriverSettings.Need(
                                Power.kilowatts(known.decimal("kw")), known.text("note")))),
        derating(fields),
        ramp(fields, "rampKwPerMin"),
        !fields.has("on") || fields.flag("on"));
  }

  private static DriverSettings.Generator generator(Fields fields) {
    return new DriverSettings.Generator(
        Power.kilowatts(fields.decimal("kw")),
        seconds(fields, "startSeconds", 20),
        seconds(fields, "stopSeconds", 10),
        fields.optionalDecimal("fuelPercent").orElse(BigDecimal.valueOf(81)),
        seconds(fields, "tankSeconds", 8 * 3600),
        derating(fields),
        ramp(fields, "rampKwPerMin"));
  }

  private static Optional<DriverSettings.Derating> derating(Fields fields) {
    return fields
        .optionalObject("derated")
        .map(
            object ->
                object.all(
                    known ->
                        new DriverSettings.Derating(
                            known.optionalDecimal("maxKw").map(Power::kilowatts),
                            ramp(known, "maxKwPerMin"),
                            known.text("note"),
                            known.optionalInstant("until"))));
  }

  private static Optional<Ramp> ramp(Fields fields, String name) {
    return fields.optionalDecimal(name).map(Ramp::new);
  }

  private static DriverSettings.Breaker breaker(Fields fields) {
    boolean tripped = fields.has("tripped") && fields.flag("tripped");
    Position position =
        fields
            .optionalOneOf("position", Position::ofWire)
            .orElse(tripped ? Position.OPEN : Position.CLOSED);
    return new DriverSettings.Breaker(
        position, tripped, fields.optionalObject("protection").map(Protection::read));
  }

  private static DriverSettings.Branch branch(Fields fields) {
    return new DriverSettings.Branch(
        fields.value("area", Area::new),
        Power.kilowatts(fields.decimal("ratingKw")),
        new Rules(
            seconds(fields, "onDelaySeconds", ON_SECONDS),
            seconds(fields, "offDelaySeconds", OFF_SECONDS),
            fields.has("transfers")
                ? fields.objects("transfers").stream().map(Transfer::read).toList()
                : List.of()));
  }

  private static DriverSettings.Meter meter(Fields fields, Path folder) {
    return new DriverSettings.Meter(
        Power.kilowatts(fields.decimal("kw")),
        fields.optionalDecimal("energyKwh").orElse(BigDecimal.ZERO),
        fields.optionalText("memory").map(folder::resolve));
  }

  static Duration seconds(Fields fields, String name, long otherwise) {
    return Duration.ofSeconds(fields.optionalInteger(name).orElse(otherwise));
  }
}
