// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that happened to an alarm.
 *
 * @param at when the service took note of it
 * @param by who did it, if it was a person; for an offer, to whom it was made
 * @param text for people; may be empty
 */
public record AlarmTransition(Instant at, Kind kind, Optional<BareJid> by, String text) {
  /** What can happen to an alarm. */
  public enum Kind {
    RAISED,
    /** It came again while it was open. */
    FOLDED,
    CHATTERING,
    RETURNED,
    OFFERED,
    /** The offer did not reach them, or they left. */
    UNREACHED,
    /** Nobody who may take it on is there. */
    NOBODY,
    SENT_OUT,
    ACKNOWLEDGED,
    /** An acknowledgement counts no more. */
    LAPSED,
    /** Its owner offers it to a colleague, or the offer has ended. */
    HANDING_OVER,
    HANDED_OVER,
    COMMENTED,
    ESCALATED,
    SHELVED,
    UNSHELVED,
    OUT_OF_SERVICE,
    IN_SERVICE,
    SUPPRESSED,
    UNSUPPRESSED,
    /** Nobody is looked for while the device is in maintenance. */
    HELD,
    RELEASED,
    RESET,
    CLOSED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Kind> ofWire(String wire) {
      return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }

    @Override
    public String toString() {
      return wire();
    }
  }

  public AlarmTransition {
    Objects.requireNonNull(at);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(by);
    Objects.requireNonNull(text);
  }

  public static AlarmTransition read(Fields fields) {
    return fields.some(
        known ->
            new AlarmTransition(
                known.instant("at"),
                known.oneOf("what", Kind::ofWire),
                known.optionalValue("by", BareJid::parse),
                known.optionalText("text").orElse("")));
  }

  public ObjectNode write() {
    ObjectNode object = Json.object().put("at", at.toString()).put("what", kind.wire());
    by.ifPresent(person -> object.put("by", person.toString()));
    if (!text.isEmpty()) {
      object.put("text", text);
    }
    return object;
  }
}
