// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Location;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A device's signed word that one of its alarms has begun or is over.
 *
 * @param header issued when it was noticed, however late it arrives
 * @param occurrence the id of the document of its onset, so an onset's own id
 * @param reading what was measured, unless the rule is about a happening
 * @param since when the condition began, to the millisecond
 * @param clockSure whether the device trusts these times; an alarm is raised all the same
 * @param latching whether it stays until a person resets it
 * @param text for people; 1 to 200 characters
 * @param location where to go, if the device says so
 */
public record Alarm(
    Header header,
    DocumentId occurrence,
    RuleName rule,
    Event event,
    Priority priority,
    Optional<Reading> reading,
    Instant since,
    boolean clockSure,
    boolean latching,
    String text,
    Optional<Location> location) {
  public static final int MAX_TEXT = 200;

  private static final String SURE = "sure";
  private static final String UNSURE = "unsure";

  /** What an alarm says of its occurrence. */
  public enum Event {
    ONSET,
    RETURN;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Event> ofWire(String wire) {
      return Arrays.stream(values()).filter(event -> event.wire().equals(wire)).findFirst();
    }
  }

  public Alarm {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(reading);
    Objects.requireNonNull(location);
    since = since.truncatedTo(ChronoUnit.MILLIS);
    require(header.type() == DocumentType.ALARM, "the header is not of an alarm");
    require(
        (event == Event.ONSET) == occurrence.equals(header.id()),
        "an onset is its own occurrence, a return names that of its onset");
    require(!since.isAfter(header.issuedAt()), "an alarm is not noticed before it began");
    require(
        !text.isBlank() && text.length() <= MAX_TEXT,
        "an alarm has a text of 1 to " + MAX_TEXT + " characters");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  public boolean isOnset() {
    return event == Event.ONSET;
  }

  public static Alarm read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), Alarm::read);
  }

  private static Alarm read(Fields fields) {
    return new Alarm(
        Header.read(fields, DocumentType.ALARM),
        fields.value("occurrence", DocumentId::new),
        fields.value("rule", RuleName::new),
        fields.oneOf("event", Event::ofWire),
        fields.oneOf("priority", Priority::ofWire),
        Reading.read(fields),
        fields.instant("since"),
        fields.oneOf("clock", Alarm::ofClock),
        fields.optionalFlag("latching"),
        fields.text("text"),
        fields.optionalObject("location").map(where -> where.all(Location::read)));
  }

  private static Optional<Boolean> ofClock(String wire) {
    return wire.equals(SURE) || wire.equals(UNSURE)
        ? Optional.of(wire.equals(SURE))
        : Optional.empty();
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("occurrence", occurrence.text())
            .put("rule", rule.text())
            .put("event", event.wire())
            .put("priority", priority.wire());
    reading.ifPresent(measured -> measured.write(object));
    object.put("since", since.toString()).put("clock", clockSure ? SURE : UNSURE);
    if (latching) {
      object.put("latching", true);
    }
    object.put("text", text);
    location.ifPresent(where -> object.set("location", where.write()));
    return Json.bytes(object);
  }
}
