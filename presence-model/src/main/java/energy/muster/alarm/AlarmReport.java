// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * How much the alarms of a time asked of people, by the measures of ISA-18.2.
 *
 * @param until the end of the time, not in it
 * @param raised alarms that began
 * @param acknowledged those of them that somebody took on
 * @param toAcknowledge from the beginning until that, in milliseconds
 * @param lapsed acknowledgements that lapsed
 * @param nobody how often nobody was there
 * @param sentOut how often an alarm left by mail or webhook
 * @param operators each person to whom any was offered
 * @param stale alarms that have stood for more than a day, oldest first
 * @param chattering points that came too often, the worst first
 * @param top the points with the most alarms, at most ten
 */
public record AlarmReport(
    Instant since,
    Instant until,
    long raised,
    long acknowledged,
    Delay toAcknowledge,
    long lapsed,
    long nobody,
    long sentOut,
    List<Operator> operators,
    List<Standing> stale,
    List<Point> chattering,
    List<Point> top) {

  /** Of how long something took, in milliseconds; zero where there was nothing. */
  public record Delay(long p50Millis, long p95Millis, long longestMillis) {
    static Delay read(Fields fields) {
      return fields.some(
          known ->
              new Delay(
                  known.integer("p50Millis"),
                  known.integer("p95Millis"),
                  known.integer("longestMillis")));
    }

    ObjectNode write() {
      return Json.object()
          .put("p50Millis", p50Millis)
          .put("p95Millis", p95Millis)
          .put("longestMillis", longestMillis);
    }
  }

  /**
   * What one person was asked.
   *
   * @param perTenMinutes on average, over the time of the report; two decimals
   * @param most in any ten minutes
   * @param floods how often more than ten came in ten minutes
   */
  public record Operator(
      BareJid person,
      long offered,
      long acknowledged,
      BigDecimal perTenMinutes,
      long most,
      long floods) {
    static Operator read(Fields fields) {
      return fields.some(
          known ->
              new Operator(
                  known.value("person", BareJid::parse),
                  known.integer("offered"),
                  known.integer("acknowledged"),
                  known.decimal("perTenMinutes"),
                  known.integer("most"),
                  known.integer("floods")));
    }

    ObjectNode write() {
      return Json.object()
          .put("person", person.toString())
          .put("offered", offered)
          .put("acknowledged", acknowledged)
          .put("perTenMinutes", perTenMinutes)
          .put("most", most)
          .put("floods", floods);
    }
  }

  /** An alarm that has stood for long. */
  public record Standing(long number, BareJid device, RuleName rule, Instant since) {
    static Standing read(Fields fields) {
      return fields.some(
          known ->
              new Standing(
                  known.integer("number"),
                  known.value("device", BareJid::parse),
                  known.value("rule", RuleName::new),
                  known.instant("since")));
    }

    ObjectNode write() {
      return Json.object()
          .put("number", number)
          .put("device", device.toString())
          .put("rule", rule.text())
          .put("since", since.toString());
    }
  }

  /**
   * A rule of a device.
   *
   * @param count how often it came, those that folded included
   */
  public record Point(BareJid device, RuleName rule, long count) {
    static Point read(Fields fields) {
      return fields.some(
          known ->
              new Point(
                  known.value("device", BareJid::parse),
                  known.value("rule", RuleName::new),
                  known.integer("count")));
    }

    ObjectNode write() {
      return Json.object()
          .put("device", device.toString())
          .put("rule", rule.text())
          .put("count", count);
    }
  }

  public AlarmReport {
    operators = List.copyOf(operators);
    stale = List.copyOf(stale);
    chattering = List.copyOf(chattering);
    top = List.copyOf(top);
  }

  public static AlarmReport read(Fields fields) {
    return fields.some(
        known ->
            new AlarmReport(
                known.instant("since"),
                known.instant("until"),
                known.integer("raised"),
                known.integer("acknowledged"),
                Delay.read(known.object("toAcknowledge")),
                known.integer("lapsed"),
                known.integer("nobody"),
                known.integer("sentOut"),
                list(known, "operators", Operator::read),
                list(known, "stale", Standing::read),
                list(known, "chattering", Point::read),
                list(known, "top", Point::read)));
  }

  private static <T> List<T> list(Fields fields, String name, Function<Fields, T> reader) {
    return fields.objects(name).stream().map(reader).toList();
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("since", since.toString())
            .put("until", until.toString())
            .put("raised", raised)
            .put("acknowledged", acknowledged);
    object.set("toAcknowledge", toAcknowledge.write());
    object.put("lapsed", lapsed).put("nobody", nobody).put("sentOut", sentOut);
    put(object, "operators", operators, Operator::write);
    put(object, "stale", stale, Standing::write);
    put(object, "chattering", chattering, Point::write);
    put(object, "top", top, Point::write);
    return object;
  }

  private static <T> void put(
      ObjectNode object, String name, List<T> values, Function<T, ObjectNode> json) {
    ArrayNode list = object.putArray(name);
    values.forEach(value -> list.add(json.apply(value)));
  }
}
