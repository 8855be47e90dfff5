// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person says of themselves. It gives no rights: those are in their certificate.
 *
 * @param note for colleagues, such as "lunch"; at most 200 characters
 * @param until when they expect it to change
 * @param idle since when nothing was typed, if that is why they count as away (XEP-0319)
 */
public record PersonPresence(
    Duty duty, String note, Optional<Instant> until, Optional<Instant> idle) {
  public static final int MAX_NOTE = 200;

  public PersonPresence {
    Objects.requireNonNull(duty);
    Objects.requireNonNull(until);
    Objects.requireNonNull(idle);
    note = note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE - 1) + "…";
  }

  public static PersonPresence of(Duty duty, String note) {
    return new PersonPresence(duty, note, Optional.empty(), Optional.empty());
  }

  /**
   * What any chat client says with show and status; a status that begins with "off duty" or "on
   * duty" means it.
   */
  public static PersonPresence said(Show show, String status, Optional<Instant> idle) {
    String words = status.strip().toLowerCase(Locale.ROOT);
    Duty duty =
        words.startsWith(Duty.OFF_DUTY.words())
            ? Duty.OFF_DUTY
            : words.startsWith(Duty.ON_DUTY.words()) ? Duty.ON_DUTY : Duty.of(show);
    return new PersonPresence(duty, status.strip(), Optional.empty(), idle);
  }

  /** As they are to be counted: whoever has not touched a key for long is away. */
  public Duty effective() {
    return duty == Duty.ON_DUTY && idle.isPresent() ? Duty.AWAY : duty;
  }

  /** What a console's own element says beside show and status. */
  public ObjectNode element() {
    ObjectNode object = Json.object().put("duty", duty.wire()).put("note", note);
    until.ifPresent(instant -> object.put("until", instant.toString()));
    return object;
  }

  /** Reads that element; unknown fields are ignored. */
  public static PersonPresence ofElement(String json, Optional<Instant> idle) {
    return Fields.of(Json.parse(json))
        .some(
            fields ->
                new PersonPresence(
                    fields.oneOf("duty", Duty::ofWire),
                    fields.text("note"),
                    fields.optionalInstant("until"),
                    idle));
  }

  public static PersonPresence read(Fields fields) {
    return fields.some(
        known ->
            new PersonPresence(
                known.oneOf("duty", Duty::ofWire),
                known.text("note"),
                known.optionalInstant("until"),
                known.optionalInstant("idle")));
  }

  public ObjectNode write() {
    ObjectNode object = element();
    idle.ifPresent(instant -> object.put("idle", instant.toString()));
    return object;
  }
}
