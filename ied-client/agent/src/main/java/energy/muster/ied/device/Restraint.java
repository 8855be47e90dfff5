// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.ied.gate.Admission;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.Restriction;
import energy.muster.presence.RestrictionReason;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The restriction that a person asked for: the same on every kind of device, lifted by whoever set
 * it, by an engineer, or when its time is up. Used by one thread at a time.
 */
final class Restraint {
  private static final Set<Verb> ALLOWED =
      EnumSet.of(Verb.READ, Verb.RELEASE, Verb.RESTRICT, Verb.SYNC_TIME);

  private final Certified device;
  private Optional<Held> held;

  private record Held(BareJid by, RestrictionReason reason, String note, Optional<Instant> until) {}

  Restraint(Certified device, Optional<Fields> saved) {
    this.device = device;
    this.held =
        saved.map(
            fields ->
                new Held(
                    fields.value("by", BareJid::parse),
                    fields.oneOf("reason", RestrictionReason::ofWire),
                    fields.text("note"),
                    fields.optionalInstant("until")));
  }

  Optional<Restriction> restriction(Instant now) {
    return held(now)
        .map(
            hold ->
                new Restriction(
                    hold.reason(), ALLOWED, Optional.empty(), describe(hold), hold.until()));
  }

  Optional<Instant> until() {
    return held.flatMap(Held::until);
  }

  /** Why this order is not begun because of what people asked for; also for restrict, release. */
  Optional<Refusal> refuse(Admission admission, Instant now) {
    Optional<Held> hold = held(now);
    return switch (admission.verb()) {
      case RESTRICT ->
          hold.filter(other -> !mayLift(admission.issuer(), other))
              .map(other -> new Refusal(Reason.LOCAL_CONTROL, describe(other)));
      case RELEASE ->
          hold.isEmpty()
              ? Optional.of(new Refusal(Reason.ALREADY_THERE, "no restriction is set on it"))
              : hold.filter(other -> !mayLift(admission.issuer(), other))
                  .map(
                      other ->
                          Refusal.of(
                              Reason.NOT_AUTHORISED,
                              "%s set it; only they or an engineer can lift it",
                              other.by()));
      default ->
          hold.filter(other -> !ALLOWED.contains(admission.verb()))
              .map(other -> new Refusal(other.reason().refusal(), describe(other)));
    };
  }

  private boolean mayLift(Certified person, Held hold) {
    return person.jid().equals(hold.by()) || person.covers(Role.ENGINEER, device);
  }

  Result execute(Admission admission) {
    if (admission.command().instruction() instanceof Instruction.Restrict restrict) {
      Held hold =
          new Held(
              admission.issuer().jid(),
              restrict.reason(),
              restrict.note(),
              admission.command().until());
      held = Optional.of(hold);
      return new Result.Executed(
          describe(hold) + hold.until().map(end -> ", until " + end).orElse(""));
    }
    held = Optional.empty();
    return new Result.Executed("released");
  }

  Optional<ObjectNode> save() {
    return held.map(
        hold -> {
          ObjectNode object =
              Json.object()
                  .put("by", hold.by().toString())
                  .put("reason", hold.reason().wire())
                  .put("note", hold.note());
          hold.until().ifPresent(end -> object.put("until", end.toString()));
          return object;
        });
  }

  private Optional<Held> held(Instant now) {
    return held.filter(hold -> hold.until().map(now::isBefore).orElse(true));
  }

  private static String describe(Held hold) {
    String what = hold.note().isEmpty() ? hold.reason().wire() : hold.note();
    return clipped(what + " (set by " + hold.by().local() + ")");
  }

  private static String clipped(String note) {
    return note.length() <= Restriction.MAX_NOTE
        ? note
        : note.substring(0, Restriction.MAX_NOTE - 1) + "…";
  }
}
