// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Hours of the day that have a name, by the clock on the wall. The same name may stand for several.
 *
 * @param seasons in which they are so; all where it is empty
 * @param dayTypes on which they are so; all where it is empty
 * @param until at or before {@code from} they are the hours from then to midnight and those from
 *     midnight on, of one and the same day
 */
public record Period(
    String name, List<String> seasons, List<String> dayTypes, LocalTime from, LocalTime until) {
  static final int MOST = 200;

  public Period {
    Terms.name(name);
    seasons = Terms.distinct(name + ", seasons", seasons);
    dayTypes = Terms.distinct(name + ", dayTypes", dayTypes);
    Terms.require(
        wholeMinute(from) && wholeMinute(until), "%s begins and ends at a whole minute", name);
  }

  private static boolean wholeMinute(LocalTime time) {
    return time.equals(time.truncatedTo(ChronoUnit.MINUTES));
  }

  boolean isIn(String season, String dayType) {
    return (seasons.isEmpty() || seasons.contains(season))
        && (dayTypes.isEmpty() || dayTypes.contains(dayType));
  }

  boolean includes(int minuteOfDay) {
    int first = minute(from);
    int end = minute(until);
    return first < end
        ? first <= minuteOfDay && minuteOfDay < end
        : first <= minuteOfDay || minuteOfDay < end;
  }

  static int minute(LocalTime time) {
    return time.getHour() * 60 + time.getMinute();
  }

  static Period read(Fields fields) {
    return new Period(
        fields.text("name"),
        Terms.names(fields, "seasons"),
        Terms.names(fields, "dayTypes"),
        fields.value("from", LocalTime::parse),
        fields.value("until", LocalTime::parse));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("name", name);
    Terms.putNames(object, "seasons", seasons);
    Terms.putNames(object, "dayTypes", dayTypes);
    return object.put("from", from.toString()).put("until", until.toString());
  }
}
