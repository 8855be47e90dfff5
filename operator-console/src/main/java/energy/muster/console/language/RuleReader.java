// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Happening;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.json.Json;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is to be different about one alarm rule of a device, as in {@code high-loading at 85 %
 * after 20 s}; the device itself knows the rest of it.
 */
final class RuleReader {
  private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,9}(?:\\.[0-9]{1,6})?)(\\S*)");
  private static final String EXPECTED =
      "at 85 %, above 85 %, below 20 %, rises 5 °C a minute, falls 5 % a minute, over 60 s,"
          + " deadband 5, after 10 s, over after 30 s, latching, not latching, when tripped,"
          + " a priority, or off";

  private static final String RISES = "risesPerMinute";
  private static final String FALLS = "fallsPerMinute";
  private static final String OVER = "overSeconds";

  /** What a rate is taken over, unless it is said. */
  private static final Duration RATE_OVER = Duration.ofMinutes(1);

  private final Words words;
  private final ObjectNode rule = Json.object();
  private Optional<Quantity> quantity = Optional.empty();

  RuleReader(Words words) {
    this.words = words;
  }

  ObjectNode read() {
    name();
    quantity();
    int begun = rule.size();
    do {
      Word word = words.take(EXPECTED);
      if (!clause(word)) {
        throw Hint.at(word, "expected " + EXPECTED + ", not " + word);
      }
      words.accept(",");
    } while (more());
    if ((rule.has(RISES) || rule.has(FALLS)) && !rule.has(OVER)) {
      rule.put(OVER, RATE_OVER.toSeconds());
    }
    if (rule.has("off") && rule.size() > begun + 1) {
      throw new Hint(words.end(), "a rule that is off has nothing else to it");
    }
    return rule;
  }

  private void name() {
    Word word = words.take("the name of a rule such as high-loading");
    try {
      put("name", new RuleName(word.lower()).text(), word);
    } catch (IllegalArgumentException e) {
      throw Hint.at(word, e.getMessage());
    }
  }

  /** Of a rule that there is not yet. */
  private void quantity() {
    quantity = words.peek().flatMap(word -> Quantity.ofWire(word.lower()));
    quantity.ifPresent(
        known -> put("quantity", known.wire(), words.take("a quantity such as load")));
  }

  /** Whether what follows is about the rule and not about the order. */
  private boolean more() {
    return words
        .peek()
        .filter(
            word ->
                word.is("at")
                    || word.is("above")
                    || word.is("below")
                    || word.is("rises")
                    || word.is("falls")
                    || word.is("deadband")
                    || word.is("after")
                    || word.is("over")
                    || word.is("latching")
                    || word.is("not")
                    || word.is("when")
                    || Priority.ofWire(word.lower()).isPresent())
        .isPresent();
  }

  private boolean clause(Word word) {
    switch (word.lower()) {
      case "at" -> limit("limit", word);
      case "above", "below" -> limit(word.lower(), word);
      case "rises" -> rate(RISES, word);
      case "falls" -> rate(FALLS, word);
      case "deadband" -> number("deadband", word);
      case "after" -> seconds("onDelaySeconds", word);
      case "over" -> seconds(words.accept("after") ? "offDelaySeconds" : OVER, word);
      case "latching" -> flag("latching", true, word);
      case "not" -> {
        words.require("latching", "latching, as in not latching");
        flag("latching", false, word);
      }
      case "when" -> event();
      case "off" -> flag("off", true, word);
      default -> {
        Optional<Priority> priority = Priority.ofWire(word.lower());
        priority.ifPresent(known -> put("priority", known.wire(), word));
        return priority.isPresent();
      }
    }
    return true;
  }

  private void limit(String field, Word at) {
    String unit = number(field, at);
    if (unit.isEmpty()) {
      unit = words.take("the unit, as in at 85 %").text();
    }
    if (quantity.isEmpty()) {
      put("unit", unit, at);
    } else if (!unit.equals(quantity.get().unit()) && !unit.equals(quantity.get().spokenUnit())) {
      throw Hint.at(
          at, quantity.get().wire() + " is in " + quantity.get().spokenUnit() + ", not in " + unit);
    }
  }

  private void rate(String field, Word at) {
    if (quantity.isEmpty()) {
      throw Hint.at(
          at,
          "a rule of how fast something changes names what, as in temperature rises 5 °C a minute;"
              + " of one that there is, at 5 °C changes the limit");
    }
    limit(field, at);
    if (!words.accept("per")) {
      words.require("a", "a minute, as in rises 5 °C a minute");
    }
    words.require("minute", "minute, as in rises 5 °C a minute");
  }

  /** What touches the number. */
  private String number(String field, Word at) {
    Word word = words.take("a number such as 85");
    Matcher matcher = NUMBER.matcher(word.text());
    if (word.quoted() || !matcher.matches()) {
      throw Hint.at(word, "expected a number such as 85, not " + word);
    }
    once(field, at);
    rule.put(field, new BigDecimal(matcher.group(1)));
    return matcher.group(2);
  }

  private void seconds(String field, Word at) {
    once(field, at);
    rule.put(field, Measures.duration(words).toSeconds());
  }

  private void event() {
    Word word = words.take("what happens, such as tripped");
    put(
        "event",
        Happening.ofWire(word.lower())
            .orElseThrow(
                () ->
                    Hint.at(
                        word,
                        "expected tripped, service-required, tamper or supply-lost, not " + word))
            .wire(),
        word);
  }

  private void flag(String field, boolean value, Word at) {
    once(field, at);
    rule.put(field, value);
  }

  private void put(String field, String value, Word at) {
    once(field, at);
    rule.put(field, value);
  }

  private void once(String field, Word at) {
    if (rule.has(field)) {
      throw Hint.at(at, "that is said twice: " + at.text().toLowerCase(Locale.ROOT));
    }
  }
}
