// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import energy.muster.command.Power;
import energy.muster.command.Verb;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Presence in one line for a person with any chat client, such as "OFF, ready, fuel 81 %". */
public final class StatusText {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATED =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  // Every device takes them in every state.
  private static final Set<Verb> NOT_SAID =
      EnumSet.of(Verb.READ, Verb.RELEASE, Verb.RESTRICT, Verb.SYNC_TIME, Verb.CANCEL);
  private static final List<Quantity> SPOKEN =
      List.of(
          Quantity.POWER,
          Quantity.LOAD,
          Quantity.LIMIT,
          Quantity.FUEL,
          Quantity.TEMPERATURE,
          Quantity.ENERGY);

  private StatusText() {}

  /**
   * @param zone in which times are said
   * @param now a time of another day is said with its date, a time that is over as over
   */
  public static String of(DevicePresence presence, ZoneId zone, Instant now) {
    StringJoiner line = new StringJoiner(", ");
    presence
        .position()
        .ifPresentOrElse(
            position -> line.add(position.wire().toUpperCase(Locale.ROOT)),
            () -> {
              if (presence.operating() != Operating.NONE) {
                line.add(presence.operating().wire().toUpperCase(Locale.ROOT));
              }
            });
    presence
        .restriction()
        .ifPresentOrElse(
            restriction -> line.add(describe(restriction, zone, now)),
            () -> {
              if (presence.operating() == Operating.OFF && presence.position().isEmpty()) {
                line.add("ready");
              }
            });
    presence
        .branch()
        .ifPresentOrElse(
            sum -> line.add(describe(sum)), () -> measured(presence).forEach(line::add));
    presence.faults().forEach(fault -> line.add("fault " + fault));
    return line.toString();
  }

  private static List<String> measured(DevicePresence presence) {
    return SPOKEN.stream()
        .flatMap(
            quantity ->
                presence.quantity(quantity).map(value -> describe(quantity, value)).stream())
        .toList();
  }

  private static String describe(Quantity quantity, BigDecimal value) {
    String name = quantity == Quantity.POWER ? "" : quantity.wire() + " ";
    return name + number(value) + " " + quantity.spokenUnit();
  }

  private static String number(BigDecimal value) {
    return value.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }

  private static String describe(BranchSum sum) {
    StringJoiner line = new StringJoiner(", ");
    line.add(
        "%s carries %s of %s kW (%s %%)"
            .formatted(
                sum.area(),
                number(sum.flow()),
                number(sum.rating().kilowatts()),
                number(sum.percent())));
    line.add("load " + describe(sum.load()));
    line.add("generation " + describe(sum.generation()));
    line.add("sheddable " + number(sum.sheddable().kilowatts()) + " kW");
    line.add(sum.breakers().closed() + " breakers closed, " + sum.breakers().open() + " open");
    line.add(sum.contacts().heard() + " heard");
    if (sum.contacts().silent() > 0) {
      line.add(
          sum.contacts().silent() + " silent (" + sum.contacts().certainty().wire() + " at worst)");
    }
    return line.toString();
  }

  private static String describe(BranchSum.Part part) {
    return number(part.total().kilowatts())
        + " kW"
        + (part.uncertain().equals(Power.ZERO)
            ? ""
            : " (" + number(part.uncertain().kilowatts()) + " kW of it uncertain)");
  }

  private static String describe(Restriction restriction, ZoneId zone, Instant now) {
    if (restriction.by().isPresent()) {
      return instructed(restriction, zone, now);
    }
    String text = restriction.note().isEmpty() ? restriction.reason().wire() : restriction.note();
    String still = stillTakes(restriction);
    return text
        + restriction.until().map(end -> " (" + until(end, zone, now) + ")").orElse("")
        + (still.isEmpty() ? "" : ", still takes " + still);
  }

  private static String until(Instant end, ZoneId zone, Instant now) {
    boolean today = end.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    String time = (today ? CLOCK : DATED).format(end.atZone(zone));
    return (now.isBefore(end) ? "until " : "was to end at ") + time;
  }

  /** What a restricted device still does, in words; empty where it only answers questions. */
  public static String stillTakes(Restriction restriction) {
    if (restriction.allows().size() == Verb.values().length - 1) {
      // Everything but one, which the note says.
      return "";
    }
    StringJoiner takes = new StringJoiner(", ");
    String verbs =
        restriction.allows().stream()
            .filter(verb -> !NOT_SAID.contains(verb))
            .map(Verb::wire)
            .collect(Collectors.joining(" and "));
    if (!verbs.isEmpty()) {
      takes.add(verbs);
    }
    restriction.envelope().ifPresent(most -> takes.add("up to " + most));
    restriction.ramp().ifPresent(most -> takes.add("by at most " + most));
    return takes.toString();
  }

  private static String instructed(Restriction restriction, ZoneId zone, Instant now) {
    return restriction.reason().wire()
        + (restriction.note().isEmpty() ? "" : ": " + restriction.note())
        + " (set by "
        + restriction.by().orElseThrow().local()
        + restriction.until().map(end -> ", " + until(end, zone, now)).orElse("")
        + ")";
  }
}
