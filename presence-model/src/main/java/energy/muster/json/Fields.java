// SPDX-License-Identifier: Apache-2.0
package energy.muster.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes the fields of one JSON object, each exactly once, and at {@link #end()} refuses whatever
 * nobody asked for. An absent field is an error unless the reader asks for an optional one; {@code
 * null} counts as a wrong type.
 */
public final class Fields {
  /** Of an exact amount, which is written as text: what was never rounded may be long. */
  private static final int MOST_DIGITS = 1_000;

  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  private final ObjectNode object;
  private final String path;
  private final Set<String> taken = new HashSet<>();

  private Fields(ObjectNode object, String path) {
    this.object = object;
    this.path = path;
  }

  public static Fields of(ObjectNode object) {
    return new Fields(object, "");
  }

  /**
   * Reads a whole signed object: every field known and present, values that their types refuse
   * answered as {@code invalid-argument}.
   */
  public static <T> T readAll(ObjectNode object, Function<Fields, T> reader) {
    return of(object).all(reader);
  }

  /** The same for an object within another. */
  public <T> T all(Function<Fields, T> reader) {
    T value = some(reader);
    end();
    return value;
  }

  /**
   * As {@link #all}, but unknown fields are ignored: for presence and reports, never for signed
   * documents.
   */
  public <T> T some(Function<Fields, T> reader) {
    try {
      return reader.apply(this);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new Refused(Reason.INVALID_ARGUMENT, place() + e.getMessage());
    }
  }

  /** Which object within the document this is, before what is wrong with it. */
  private String place() {
    return path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ";
  }

  public String text(String name) {
    return textOf(name, required(name));
  }

  public Optional<String> optionalText(String name) {
    JsonNode node = take(name);
    return node == null ? Optional.empty() : Optional.of(textOf(name, node));
  }

  /**
   * A value that has a strict reader of its own, such as an id or an enum; its complaint names this
   * field.
   */
  public <T> T value(String name, Function<String, T> reader) {
    return read(name, text(name), reader);
  }

  /** An exact amount, such as one of money, written as text so that nothing rounds it. */
  public BigDecimal exact(String name) {
    return value(name, text -> Numbers.read(text, MOST_DIGITS));
  }

  public Optional<BigDecimal> optionalExact(String name) {
    return optionalValue(name, text -> Numbers.read(text, MOST_DIGITS));
  }

  public <T> Optional<T> optionalValue(String name, Function<String, T> reader) {
    JsonNode node = take(name);
    return node == null ? Optional.empty() : Optional.of(read(name, textOf(name, node), reader));
  }

  /** A value of a closed list, found by its wire name. */
  public <T> T oneOf(String name, Function<String, Optional<T>> lookup) {
    return listed(name, text(name), lookup);
  }

  public <T> Optional<T> optionalOneOf(String name, Function<String, Optional<T>> lookup) {
    JsonNode node = take(name);
    return node == null ? Optional.empty() : Optional.of(listed(name, textOf(name, node), lookup));
  }

  public Instant instant(String name) {
    return value(name, Fields::time);
  }

  /** RFC 3339 in UTC, ending in Z; from 1970 to 9999, so that no sum of times overflows. */
  public Optional<Instant> optionalInstant(String name) {
    return optionalValue(name, Fields::time);
  }

  private static Instant time(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(Instant.EPOCH) || !time.isBefore(BEYOND)) {
      throw new IllegalArgumentException("a time from 1970 to 9999");
    }
    return time;
  }

  public long integer(String name) {
    return integerOf(name, required(name));
  }

  public OptionalLong optionalInteger(String name) {
    JsonNode node = take(name);
    return node == null ? OptionalLong.empty() : OptionalLong.of(integerOf(name, node));
  }

  public BigDecimal decimal(String name) {
    return decimalOf(name, required(name));
  }

  public Optional<BigDecimal> optionalDecimal(String name) {
    JsonNode node = take(name);
    return node == null ? Optional.empty() : Optional.of(decimalOf(name, node));
  }

  public boolean flag(String name) {
    JsonNode node = required(name);
    if (!node.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return node.booleanValue();
  }

  /** False where it is absent. */
  public boolean optionalFlag(String name) {
    return object.has(name) && flag(name);
  }

  public Fields object(String name) {
    return nested(name, required(name));
  }

  public Optional<Fields> optionalObject(String name) {
    JsonNode node = take(name);
    return node == null ? Optional.empty() : Optional.of(nested(name, node));
  }

  /** An object that is passed on unread, such as {@code info}. */
  public Optional<ObjectNode> optionalTree(String name) {
    JsonNode node = take(name);
    if (node == null || node instanceof ObjectNode) {
      return Optional.ofNullable((ObjectNode) node);
    }
    throw wrong(name, "an object");
  }

  public List<Fields> objects(String name) {
    List<Fields> all = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements(name)) {
      all.add(nested(name + "[" + index++ + "]", element));
    }
    return all;
  }

  /** Objects that are passed on unread. */
  public List<ObjectNode> trees(String name) {
    return objects(name).stream().map(each -> each.object).toList();
  }

  public <T> List<T> values(String name, Function<String, T> reader) {
    List<T> all = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (!element.isTextual()) {
        throw wrong(name, "an array of strings");
      }
      all.add(read(name, element.textValue(), reader));
    }
    return all;
  }

  public List<Long> integers(String name) {
    List<Long> all = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      all.add(integerOf(name, element));
    }
    return all;
  }

  public boolean has(String name) {
    return object.has(name);
  }

  /** The names not taken yet, for maps whose keys are data. */
  public List<String> rest() {
    List<String> names = new ArrayList<>();
    for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
      String name = all.next();
      if (!taken.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Refuses unknown fields: a device must not drop a condition it does not understand. */
  public void end() {
    List<String> unknown = rest();
    if (!unknown.isEmpty()) {
      throw new Refused(Reason.MALFORMED, "unknown field " + path + unknown.get(0));
    }
  }

  private Iterable<JsonNode> elements(String name) {
    JsonNode node = required(name);
    if (!node.isArray()) {
      throw wrong(name, "an array");
    }
    return node;
  }

  // Every field of every document comes through here, many times an order: null, not an Optional.
  private JsonNode take(String name) {
    taken.add(name);
    return object.get(name);
  }

  private JsonNode required(String name) {
    JsonNode node = take(name);
    if (node == null) {
      throw new Refused(Reason.MALFORMED, "field " + path + name + " is missing");
    }
    return node;
  }

  private String textOf(String name, JsonNode node) {
    if (!node.isTextual()) {
      throw wrong(name, "a string");
    }
    return node.textValue();
  }

  private long integerOf(String name, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(name, "a whole number");
    }
    return node.longValue();
  }

  private BigDecimal decimalOf(String name, JsonNode node) {
    if (!node.isNumber()) {
      throw wrong(name, "a number");
    }
    BigDecimal value = node.decimalValue();
    if (!Numbers.fits(value, Numbers.MOST_PLACES)) {
      throw wrong(name, "a number of at most " + Numbers.MOST_PLACES + " places");
    }
    return value;
  }

  private <T> T listed(String name, String text, Function<String, Optional<T>> lookup) {
    Optional<T> found = lookup.apply(text);
    if (found.isEmpty()) {
      throw new Refused(
          Reason.MALFORMED, "field " + path + name + ": '" + text + "' is not in the list");
    }
    return found.get();
  }

  private Fields nested(String name, JsonNode node) {
    if (node instanceof ObjectNode nested) {
      return new Fields(nested, path + name + ".");
    }
    throw wrong(name, "an object");
  }

  private <T> T read(String name, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (Refused e) {
      throw new Refused(e.refusal().reason(), path + name + ": " + e.refusal().text());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Refused(Reason.MALFORMED, path + name + ": " + e.getMessage());
    }
  }

  private Refused wrong(String name, String expected) {
    return new Refused(Reason.MALFORMED, "field " + path + name + " must be " + expected);
  }
}
