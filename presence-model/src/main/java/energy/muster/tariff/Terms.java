// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What every part of a tariff asks of its names, numbers and lists. */
final class Terms {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
  private static final Pattern LABEL =
      Pattern.compile("[^\\p{Cntrl}\\s=+@-]([^\\p{Cntrl}]{0,62}\\S)?");

  private Terms() {}

  static void require(boolean holds, String otherwise, Object... arguments) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, otherwise, arguments));
    }
  }

  /** A name that other parts refer to. */
  static String name(String name) {
    require(
        NAME.matcher(name).matches(),
        "'%s' is no name: 1 to 63 of a-z, 0-9, dot and hyphen, beginning with a letter or digit",
        name);
    return name;
  }

  /** A name that stands on a bill, and does not begin as a formula does in a spreadsheet. */
  static String label(String label) {
    require(
        LABEL.matcher(label).matches(),
        "'%s' is no label: 1 to 64 characters on one line, not beginning with = + - @",
        label);
    return label;
  }

  static BigDecimal notNegative(String what, BigDecimal number) {
    require(number.signum() >= 0, "%s is not negative", what);
    return number;
  }

  static <T> List<T> distinct(String what, Collection<T> values) {
    require(new HashSet<>(values).size() == values.size(), "%s: one stands twice", what);
    return List.copyOf(values);
  }

  static <T> List<T> atMost(int most, String what, List<T> values) {
    require(values.size() <= most, "at most %d %s, not %d", most, what, values.size());
    return List.copyOf(values);
  }

  /** A list that may be left out. */
  static <T> List<T> listed(Fields fields, String name, Function<Fields, T> reader) {
    return fields.has(name)
        ? fields.objects(name).stream().map(each -> each.all(reader)).toList()
        : List.of();
  }

  static List<String> names(Fields fields, String name) {
    return fields.has(name) ? fields.values(name, Function.identity()) : List.of();
  }

  static <T> void put(
      ObjectNode object, String name, List<T> values, Function<T, ObjectNode> writer) {
    if (!values.isEmpty()) {
      values.stream().map(writer).forEach(object.putArray(name)::add);
    }
  }

  static void putNames(ObjectNode object, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      values.forEach(object.putArray(name)::add);
    }
  }
}
