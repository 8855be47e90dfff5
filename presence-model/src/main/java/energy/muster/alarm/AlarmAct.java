// SPDX-License-Identifier: Apache-2.0
package energy.muster.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a person does about alarms, by their signed word.
 *
 * @param alarms by their occurrences, 1 to {@link #MOST}, each once
 * @param until when a shelved alarm comes back by itself; present for a shelving, and only then
 * @param oneShot whether a shelved alarm comes back already when it next returns to normal
 * @param reason for people, at most 500 characters; required where {@link Kind#needsReason()}
 */
public record AlarmAct(
    Header header,
    List<DocumentId> alarms,
    Kind kind,
    Optional<Instant> until,
    boolean oneShot,
    String reason) {
  public static final int MOST = 1_000;

  /** Longer than that a point is taken out of service, which is an engineer's decision. */
  public static final Duration LONGEST_SHELVING = Duration.ofHours(24);

  private static final int MAX_REASON = 500;

  /** What can be done about an alarm. Shelving and service concern all alarms of its point. */
  public enum Kind {
    ACKNOWLEDGE,
    COMMENT,
    SHELVE,
    UNSHELVE,
    /** Passes it on to the next step of its policy. */
    ESCALATE,
    /** Ends a latched alarm. */
    RESET,
    OUT_OF_SERVICE,
    IN_SERVICE,
    SUPPRESS,
    UNSUPPRESS;

    private static final Set<Role> STAFF = EnumSet.of(Role.OPERATOR, Role.ENGINEER);
    private static final Set<Role> ENGINEERS = EnumSet.of(Role.ENGINEER);

    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Who may, if one of these roles covers the device. */
    public Set<Role> roles() {
      return Collections.unmodifiableSet(
          switch (this) {
            case ACKNOWLEDGE, COMMENT, SHELVE, UNSHELVE, ESCALATE, RESET -> STAFF;
            case OUT_OF_SERVICE, IN_SERVICE, SUPPRESS, UNSUPPRESS -> ENGINEERS;
          });
    }

    public boolean needsReason() {
      return switch (this) {
        case COMMENT, SHELVE, OUT_OF_SERVICE, SUPPRESS -> true;
        case ACKNOWLEDGE, UNSHELVE, ESCALATE, RESET, IN_SERVICE, UNSUPPRESS -> false;
      };
    }

    public static Optional<Kind> ofWire(String wire) {
      return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }

    @Override
    public String toString() {
      return wire();
    }
  }

  public AlarmAct {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(until);
    alarms = List.copyOf(alarms);
    require(header.type() == DocumentType.ALARM_ACT, "the header is not of an alarm-act");
    require(
        !alarms.isEmpty() && alarms.size() <= MOST && new HashSet<>(alarms).size() == alarms.size(),
        "an act is about 1 to " + MOST + " alarms, each once");
    require(
        (kind == Kind.SHELVE) == until.isPresent(),
        "a shelving, and nothing else, says until when");
    require(kind == Kind.SHELVE || !oneShot, "only a shelving is one-shot");
    Instant issued = header.issuedAt();
    require(
        until
            .filter(end -> !end.isAfter(issued) || end.isAfter(issued.plus(LONGEST_SHELVING)))
            .isEmpty(),
        "an alarm is shelved for at most " + LONGEST_SHELVING.toHours() + " hours");
    require(
        reason.length() <= MAX_REASON && !(kind.needsReason() && reason.isBlank()),
        "%s says why, in 1 to %d characters".formatted(kind.wire(), MAX_REASON));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** One that needs neither a time nor a reason. */
  public static AlarmAct of(Header header, List<DocumentId> alarms, Kind kind) {
    return new AlarmAct(header, alarms, kind, Optional.empty(), false, "");
  }

  /** One that says why. */
  public static AlarmAct because(Header header, List<DocumentId> alarms, Kind kind, String reason) {
    return new AlarmAct(header, alarms, kind, Optional.empty(), false, reason);
  }

  public static AlarmAct shelve(
      Header header, List<DocumentId> alarms, Instant until, boolean oneShot, String reason) {
    return new AlarmAct(header, alarms, Kind.SHELVE, Optional.of(until), oneShot, reason);
  }

  public static AlarmAct read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), AlarmAct::read);
  }

  private static AlarmAct read(Fields fields) {
    return new AlarmAct(
        Header.read(fields, DocumentType.ALARM_ACT),
        fields.values("alarms", DocumentId::new),
        fields.oneOf("act", Kind::ofWire),
        fields.optionalInstant("until"),
        fields.optionalFlag("oneShot"),
        fields.optionalText("reason").orElse(""));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write();
    ArrayNode list = object.putArray("alarms");
    alarms.forEach(alarm -> list.add(alarm.text()));
    object.put("act", kind.wire());
    until.ifPresent(end -> object.put("until", end.toString()));
    if (oneShot) {
      object.put("oneShot", true);
    }
    if (!reason.isEmpty()) {
      object.put("reason", reason);
    }
    return Json.bytes(object);
  }
}
