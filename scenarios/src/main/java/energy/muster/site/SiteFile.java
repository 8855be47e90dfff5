// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.Area;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DeviceKind;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;

/** Reads a site file strictly: a field that is absent, unknown or of the wrong type is refused. */
public final class SiteFile {
  private SiteFile() {}

  /**
   * Reads a file.
   *
   * @throws Refused naming the file and the first thing wrong with it, or all contradictions in it
   */
  public static Site load(Path file) throws IOException {
    return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  /** Reads a site that comes with Muster: {@code ieee123} or {@code ieee13}. */
  public static Site builtIn(String name) {
    try (InputStream in = SiteFile.class.getResourceAsStream("/sites/" + name + ".json")) {
      if (in == null) {
        throw new Refused(
            Refusal.of(
                Reason.UNKNOWN, "no site '%s' comes with Muster; ieee123 and ieee13 do", name));
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Site parse(String where, String json) {
    try {
      return Fields.readAll(Json.parseLarge(json), SiteFile::site);
    } catch (Refused e) {
      throw new Refused(e.refusal().reason(), where + ": " + e.refusal().text());
    }
  }

  private static Site site(Fields fields) {
    return new Site(
        fields.text("site"),
        fields.text("domain"),
        fields.text("source"),
        fields.text("assumptions"),
        fields.value("feeder", Area::new),
        fields.objects("branches").stream().map(each -> each.all(SiteFile::branch)).toList(),
        fields.objects("buses").stream().map(each -> each.all(SiteFile::bus)).toList(),
        fields.objects("lines").stream().map(each -> each.all(SiteFile::line)).toList(),
        fields.objects("devices").stream().map(each -> each.all(SiteFile::device)).toList());
  }

  private static Branch branch(Fields fields) {
    return new Branch(fields.value("id", Area::new), fields.text("head"), fields.text("note"));
  }

  private static Bus bus(Fields fields) {
    return new Bus(fields.text("bus"), fields.value("branch", Area::new), point(fields));
  }

  private static DrawingPoint point(Fields fields) {
    return new DrawingPoint(number(fields, "x"), number(fields, "y"));
  }

  private static Line line(Fields fields) {
    return new Line(
        fields.text("line"),
        fields.text("from"),
        fields.text("to"),
        fields.value("phases", Phases::new),
        fields.oneOf("kind", Line.Kind::ofName),
        normallyClosed(fields));
  }

  private static SiteDevice device(Fields fields) {
    String id = fields.text("id");
    try {
      return new SiteDevice(
          id,
          fields.text("bus"),
          fields.value("phases", Phases::new),
          fields.value("branch", Area::new),
          new LinkedHashSet<>(fields.values("areas", Area::new)),
          fields.object("location").all(SiteFile::point),
          equipment(fields));
    } catch (Refused e) {
      throw new Refused(e.refusal().reason(), id + ": " + e.refusal().text());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(id + ": " + e.getMessage(), e);
    }
  }

  private static Equipment equipment(Fields fields) {
    DeviceKind kind = fields.oneOf("kind", DeviceKind::ofWire);
    return switch (kind) {
      case LOAD ->
          new Equipment.Load(
              fields.object("rating").all(SiteFile::rating),
              Math.toIntExact(fields.integer("priority")),
              fields.flag("critical"),
              fields.optionalObject("criticalProcess").map(each -> each.all(SiteFile::process)),
              !fields.has("on") || fields.flag("on"));
      case GENERATOR ->
          new Equipment.Generator(
              fields.object("rating").all(SiteFile::rating),
              Power.kilowatts(fields.decimal("minimumKw")),
              Duration.ofSeconds(fields.integer("startSeconds")),
              Duration.ofSeconds(fields.integer("stopSeconds")),
              fields.text("fuel"),
              number(fields, "fuelPercent"),
              Duration.ofHours(fields.integer("fuelHours")));
      case BREAKER -> new Equipment.Breaker(fields.text("line"), normallyClosed(fields));
      case METER -> new Equipment.Meter(fields.text("measures"), fields.decimal("registerKwh"));
      case RTU ->
          new Equipment.MasterIed(
              Power.kilowatts(fields.decimal("ratingKw")),
              Duration.ofSeconds(fields.integer("onDelaySeconds")),
              Duration.ofSeconds(fields.integer("offDelaySeconds")),
              fields.optionalObject("mandate").map(each -> each.all(SiteFile::mandate)));
      case RELAY ->
          throw new IllegalArgumentException("a site file has no " + kind.wire() + " yet");
    };
  }

  private static Rating rating(Fields fields) {
    return new Rating(Power.kilowatts(fields.decimal("kw")), number(fields, "kvar"));
  }

  private static CriticalProcess process(Fields fields) {
    return new CriticalProcess(
        fields.text("name"),
        Duration.ofMinutes(fields.integer("minutes")),
        fields.flag("runningAtStart"));
  }

  private static StandingMandate mandate(Fields fields) {
    return new StandingMandate(
        fields.values("verbs", Verb::named),
        Power.kilowatts(fields.decimal("maxKw")),
        Power.kilowatts(fields.decimal("floorKw")),
        Duration.ofHours(fields.integer("hours")));
  }

  private static boolean normallyClosed(Fields fields) {
    return fields.oneOf(
        "normal",
        name ->
            switch (name) {
              case "closed" -> Optional.of(true);
              case "open" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  private static double number(Fields fields, String name) {
    return fields.decimal(name).doubleValue();
  }
}
