// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A plant, or another part of the work, for which one person at a time answers. An override counts
 * before the rotations, and of these the first that wants somebody then.
 *
 * @param name such as {@code plant-3}
 * @param zone whose clocks hang on the wall there
 * @param rotations at most 16
 * @param overrides at most 200, no two at the same time
 */
public record Team(
    String name, ZoneId zone, List<Rotation> rotations, List<DutyOverride> overrides) {
  /** How far ahead a next change is looked for. */
  public static final Duration OUTLOOK = Duration.ofDays(400);

  private static final int MOST_ROTATIONS = 16;
  private static final int MOST_OVERRIDES = 200;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public Team {
    requireName(name);
    Objects.requireNonNull(zone);
    rotations = List.copyOf(rotations);
    overrides = List.copyOf(overrides);
    require(
        rotations.size() <= MOST_ROTATIONS, "a team has at most " + MOST_ROTATIONS + " rotations");
    require(
        overrides.size() <= MOST_OVERRIDES, "a team has at most " + MOST_OVERRIDES + " overrides");
    require(
        rotations.stream().map(Rotation::name).distinct().count() == rotations.size(),
        "two rotations of " + name + " have the same name");
    requireOneAtATime(name, overrides);
  }

  private static void requireOneAtATime(String team, List<DutyOverride> overrides) {
    List<DutyOverride> sorted = new ArrayList<>(overrides);
    sorted.sort(Comparator.comparing(DutyOverride::from));
    for (int i = 1; i < sorted.size(); i++) {
      require(
          !sorted.get(i).overlaps(sorted.get(i - 1)),
          "two overrides of " + team + " are for " + sorted.get(i).from());
    }
  }

  static void requireName(String name) {
    require(
        NAME.matcher(name).matches(),
        "'" + name + "' is no name: a letter, then at most 31 of a-z, 0-9 and hyphen");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Who answers at this moment; empty when nobody is to. */
  public Optional<OnDuty> at(Instant at) {
    return overrides.stream()
        .filter(override -> override.includes(at))
        .map(override -> new OnDuty(override.person(), Optional.empty()))
        .findFirst()
        .or(
            () ->
                rotations.stream().flatMap(rotation -> rotation.at(at, zone).stream()).findFirst());
  }

  /** When somebody else will be; empty when nobody is for as long as {@link #OUTLOOK}. */
  public Optional<Change> next(Instant after) {
    Optional<BareJid> now = person(at(after));
    Instant end = after.plus(OUTLOOK);
    Instant edge = edgeAfter(after, end);
    while (edge.isBefore(end)) {
      Optional<OnDuty> then = at(edge);
      if (!person(then).equals(now)) {
        return Optional.of(new Change(edge, then));
      }
      edge = edgeAfter(edge, end);
    }
    return Optional.empty();
  }

  /** Every change after the first moment and before the last. */
  public List<Change> changes(Instant after, Instant before) {
    List<Change> changes = new ArrayList<>();
    Optional<BareJid> now = person(at(after));
    Instant edge = edgeAfter(after, before);
    while (edge.isBefore(before)) {
      Optional<OnDuty> then = at(edge);
      if (!person(then).equals(now)) {
        now = person(then);
        changes.add(new Change(edge, then));
      }
      edge = edgeAfter(edge, before);
    }
    return List.copyOf(changes);
  }

  private Instant edgeAfter(Instant at, Instant otherwise) {
    return Stream.concat(
            overrides.stream().flatMap(override -> Stream.of(override.from(), override.until())),
            rotations.stream().flatMap(rotation -> rotation.edgesAfter(at, zone)))
        .filter(edge -> edge.isAfter(at))
        .min(Comparator.naturalOrder())
        .orElse(otherwise);
  }

  private static Optional<BareJid> person(Optional<OnDuty> onDuty) {
    return onDuty.map(OnDuty::person);
  }

  static Team read(Fields fields) {
    return new Team(
        fields.text("team"),
        fields.value("zone", ZoneId::of),
        fields.objects("rotations").stream().map(each -> each.all(Rotation::read)).toList(),
        fields.objects("overrides").stream().map(each -> each.all(DutyOverride::read)).toList());
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("team", name).put("zone", zone.getId());
    ArrayNode turns = object.putArray("rotations");
    rotations.forEach(rotation -> turns.add(rotation.write()));
    ArrayNode others = object.putArray("overrides");
    overrides.forEach(override -> others.add(override.write()));
    return object;
  }
}
