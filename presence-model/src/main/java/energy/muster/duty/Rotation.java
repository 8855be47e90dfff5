// SPDX-License-Identifier: Apache-2.0
package energy.muster.duty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * People who take turns. A turn is counted whether or not it falls into the hours.
 *
 * @param name for people, such as {@code early}
 * @param people in the order of their turns, 1 to 64; somebody may have several
 * @param hours when one of them is wanted at all
 */
public record Rotation(String name, List<BareJid> people, Turns turns, Hours hours) {
  private static final int MOST_PEOPLE = 64;
  private static final int DAY_LETTERS = 3;

  public Rotation {
    Team.requireName(name);
    people = List.copyOf(people);
    if (people.isEmpty() || people.size() > MOST_PEOPLE) {
      throw new IllegalArgumentException("a rotation is of 1 to " + MOST_PEOPLE + " people");
    }
  }

  Optional<OnDuty> at(Instant at, ZoneId zone) {
    OptionalLong turn = turns.at(at, zone);
    return turn.isPresent() && hours.include(at, zone)
        ? Optional.of(
            new OnDuty(people.get((int) (turn.getAsLong() % people.size())), Optional.of(name)))
        : Optional.empty();
  }

  /** Moments after this one at which it may be somebody else; at least the first of all. */
  Stream<Instant> edgesAfter(Instant at, ZoneId zone) {
    return Stream.concat(Stream.of(turns.edgeAfter(at, zone)), hours.edgeAfter(at, zone).stream());
  }

  static Rotation read(Fields fields) {
    LocalTime handOver = fields.value("handOver", LocalTime::parse);
    return new Rotation(
        fields.text("name"),
        fields.values("people", BareJid::parse),
        new Turns(
            fields.value("starts", LocalDate::parse).atTime(handOver),
            fields.has("shiftHours")
                ? Duration.ofHours(fields.integer("shiftHours"))
                : Duration.ofDays(fields.integer("shiftDays"))),
        new Hours(
            fields.has("days")
                ? Set.copyOf(fields.values("days", Rotation::day))
                : EnumSet.allOf(DayOfWeek.class),
            fields.optionalValue("from", LocalTime::parse).orElse(handOver),
            fields.optionalValue("until", LocalTime::parse).orElse(handOver)));
  }

  ObjectNode write() {
    LocalTime handOver = turns.first().toLocalTime();
    ObjectNode object = Json.object().put("name", name);
    ArrayNode names = object.putArray("people");
    people.forEach(person -> names.add(person.toString()));
    object
        .put("starts", turns.first().toLocalDate().toString())
        .put("handOver", handOver.toString());
    if (turns.inDays()) {
      object.put("shiftDays", turns.length().toDays());
    } else {
      object.put("shiftHours", turns.length().toHours());
    }
    Set<DayOfWeek> on = hours.days();
    if (on.size() < DayOfWeek.values().length) {
      ArrayNode days = object.putArray("days");
      on.forEach(day -> days.add(word(day)));
    }
    if (!hours.from().equals(handOver)) {
      object.put("from", hours.from().toString());
    }
    if (!hours.until().equals(handOver)) {
      object.put("until", hours.until().toString());
    }
    return object;
  }

  private static String word(DayOfWeek day) {
    return day.name().substring(0, DAY_LETTERS).toLowerCase(Locale.ROOT);
  }

  private static DayOfWeek day(String word) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> word(day).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a day is mon to sun, not '" + word + "'"));
  }
}
