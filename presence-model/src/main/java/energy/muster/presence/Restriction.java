// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a device will not do for now, and what it still will.
 *
 * @param allows verbs it still takes; {@code read} is always allowed and need not be named
 * @param envelope the most power an order may still ask of it
 * @param ramp how fast an order may still change its power
 * @param note for people, such as "critical process online, goes offline at 13:03"
 * @param until when it expects the restriction to end; after that one asks, one does not guess
 * @param by who asked for it; empty for the device's own
 */
public record Restriction(
    RestrictionReason reason,
    Set<Verb> allows,
    Optional<Power> envelope,
    Optional<Ramp> ramp,
    String note,
    Optional<Instant> until,
    Optional<BareJid> by) {
  public static final int MAX_NOTE = 200;

  public Restriction {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(envelope);
    Objects.requireNonNull(ramp);
    Objects.requireNonNull(until);
    Objects.requireNonNull(by);
    EnumSet<Verb> copy = EnumSet.of(Verb.READ);
    copy.addAll(allows);
    allows = Collections.unmodifiableSet(copy);
    if (note.length() > MAX_NOTE) {
      throw new IllegalArgumentException("a note has at most " + MAX_NOTE + " characters");
    }
  }

  /** The device's own, which says nothing of a ramp. */
  public Restriction(
      RestrictionReason reason,
      Set<Verb> allows,
      Optional<Power> envelope,
      String note,
      Optional<Instant> until) {
    this(reason, allows, envelope, Optional.empty(), note, until, Optional.empty());
  }

  /** Whether the time at which it was to end is over: it may still be in force. */
  public boolean overdue(Instant now) {
    return until.filter(end -> !now.isBefore(end)).isPresent();
  }

  /** Why an order asks for more than it lets through, if it does. */
  public Optional<Refusal> refuse(Instruction asked) {
    return envelope
        .filter(most -> power(asked).filter(wanted -> wanted.compareTo(most) > 0).isPresent())
        .map(
            most ->
                Refusal.of(
                    Reason.OUT_OF_ENVELOPE,
                    "it takes at most %s%s: %s",
                    most,
                    until.map(end -> " until " + end).orElse(""),
                    note.isEmpty() ? reason.wire() : note));
  }

  private static Optional<Power> power(Instruction asked) {
    if (asked instanceof Instruction.SetPoint setPoint) {
      return Optional.of(setPoint.target());
    }
    return asked instanceof Instruction.Limit limit ? Optional.of(limit.max()) : Optional.empty();
  }

  public static Restriction of(RestrictionReason reason, String note, Optional<Instant> until) {
    return new Restriction(reason, Set.of(), Optional.empty(), note, until);
  }

  static Restriction read(Fields fields) {
    return new Restriction(
        fields.oneOf("reason", RestrictionReason::ofWire),
        Set.copyOf(fields.values("allows", Verb::named)),
        fields.optionalDecimal("maxKw").map(Power::kilowatts),
        fields.optionalDecimal("maxKwPerMin").map(Ramp::new),
        fields.text("note"),
        fields.optionalInstant("until"),
        fields.optionalValue("by", BareJid::parse));
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("reason", reason.wire());
    ArrayNode verbs = object.putArray("allows");
    allows.forEach(verb -> verbs.add(verb.wire()));
    envelope.ifPresent(power -> object.put("maxKw", power.kilowatts()));
    ramp.ifPresent(most -> object.put("maxKwPerMin", most.kilowattsPerMinute()));
    object.put("note", note);
    until.ifPresent(instant -> object.put("until", instant.toString()));
    by.ifPresent(person -> object.put("by", person.toString()));
    return object;
  }
}
