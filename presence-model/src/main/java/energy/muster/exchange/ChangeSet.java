// SPDX-License-Identifier: Apache-2.0
package energy.muster.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The records of one class that changed in one period.
 *
 * @param number counts the change sets of a class from 1, whatever their flags
 * @param from when the period begins; one in which nothing changed has no change set of its own but
 *     belongs to the next
 * @param until when it ends; the next begins then
 * @param flags by which destinations choose, such as {@code billing}, at most 16
 * @param records what changed, at most 10,000
 */
public record ChangeSet(
    DocumentId id,
    DataClass dataClass,
    long number,
    Instant from,
    Instant until,
    List<String> flags,
    List<ObjectNode> records) {
  private static final int MOST_FLAGS = 16;
  private static final int MOST_RECORDS = 10_000;
  private static final Pattern FLAG = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** What sort of data. */
  public enum DataClass {
    READINGS,
    BILLS,
    TARIFFS,
    PRICES,
    METRICS,
    /** What devices there are, by their certificates. */
    DEVICES;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DataClass> ofWire(String wire) {
      return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
    }
  }

  public ChangeSet {
    Objects.requireNonNull(id);
    Objects.requireNonNull(dataClass);
    flags = flags.stream().distinct().sorted().toList();
    records = records.stream().map(ObjectNode::deepCopy).toList();
    require(number >= 1, "a change set's number counts from 1");
    require(from.isBefore(until), "a period ends after it begins");
    require(flags.size() <= MOST_FLAGS, "at most " + MOST_FLAGS + " flags");
    flags.forEach(ChangeSet::requireFlag);
    require(records.size() <= MOST_RECORDS, "at most " + MOST_RECORDS + " records");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  static String requireFlag(String flag) {
    require(
        FLAG.matcher(flag).matches(),
        "'" + flag + "' is no flag: a letter, then at most 31 of a-z, 0-9 and hyphen");
    return flag;
  }

  @Override
  public List<ObjectNode> records() {
    return records.stream().map(ObjectNode::deepCopy).toList();
  }

  /** The same with these records only. */
  public ChangeSet with(List<ObjectNode> fewer) {
    return new ChangeSet(id, dataClass, number, from, until, flags, fewer);
  }

  /** Reads what {@link #write} wrote. */
  public static ChangeSet read(Fields fields) {
    return fields.all(
        known ->
            new ChangeSet(
                known.value("id", DocumentId::new),
                known.oneOf("class", DataClass::ofWire),
                known.integer("number"),
                known.instant("from"),
                known.instant("until"),
                known.values("flags", Function.identity()),
                known.trees("records")));
  }

  public ObjectNode write() {
    ObjectNode object =
        Json.object()
            .put("id", id.text())
            .put("class", dataClass.wire())
            .put("number", number)
            .put("from", from.toString())
            .put("until", until.toString());
    ArrayNode named = object.putArray("flags");
    flags.forEach(named::add);
    ArrayNode all = object.putArray("records");
    records.forEach(all::add);
    return object;
  }
}
