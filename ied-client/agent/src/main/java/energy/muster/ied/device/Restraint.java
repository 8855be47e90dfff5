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
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The restriction that a person asked for: the same on every kind of device, lifted by whoever set
 * it, by the role that the device's settings name, or when its time is up. Used by one thread at a
 * time.
 */
final class Restraint {
  private static final Set<Verb> ALLOWED =
      EnumSet.of(Verb.READ, Verb.RELEASE, Verb.RESTRICT, Verb.SYNC_TIME, Verb.CANCEL);

  private final Certified device;
  private final Supplier<Role> releasedBy;
  private Optional<Held> held;
  private Optional<Ended> ended;

  private record Held(BareJid by, RestrictionReason reason, String note, Optional<Instant> until) {
    static Held read(Fields fields) {
      return new Held(
          fields.value("by", BareJid::parse),
          fields.oneOf("reason", RestrictionReason::ofWire),
          fields.text("note"),
          fields.optionalInstant("until"));
    }

    ObjectNode write() {
      ObjectNode object =
          Json.object().put("by", by.toString()).put("reason", reason.wire()).put("note", note);
      until.ifPresent(end -> object.put("until", end.toString()));
      return object;
    }
  }

  /** One that the device lifted by itself. */
  private record Ended(RestrictionReason reason, Instant at) {
    static Ended read(Fields fields) {
      return new Ended(fields.oneOf("reason", RestrictionReason::ofWire), fields.instant("at"));
    }

    ObjectNode write() {
      return Json.object().put("reason", reason.wire()).put("at", at.toString());
    }
  }

  /**
   * @param saved what the predecessor left with {@link #save}
   * @param releasedBy the role in force that lifts it beside its setter
   */
  Restraint(Certified device, Optional<Fields> saved, Supplier<Role> releasedBy) {
    this.device = device;
    this.releasedBy = releasedBy;
    held = saved.flatMap(state -> state.optionalObject("restraint")).map(Held::read);
    ended = saved.flatMap(state -> state.optionalObject("restraintEnded")).map(Ended::read);
  }

  Optional<Restriction> restriction(Instant now) {
    return held(now)
        .map(
            hold ->
                new Restriction(
                    hold.reason(),
                    ALLOWED,
                    Optional.empty(),
                    Optional.empty(),
                    clipped(hold.note()),
                    hold.until(),
                    Optional.of(hold.by())));
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
                              "%s set it; only they or somebody with the role %s can lift it",
                              other.by().local(),
                              releasedBy.get().wire()));
      default ->
          hold.filter(other -> !ALLOWED.contains(admission.verb()))
              .map(other -> new Refusal(other.reason().refusal(), describe(other)));
    };
  }

  private boolean mayLift(Certified person, Held hold) {
    return person.jid().equals(hold.by()) || person.covers(releasedBy.get(), device);
  }

  Result execute(Admission admission) {
    ended = Optional.empty();
    if (admission.command().instruction() instanceof Instruction.Restrict restrict) {
      Held hold =
          new Held(
              admission.issuer().jid(),
              restrict.reason(),
              restrict.note(),
              admission.command().until());
      held = Optional.of(hold);
      return new Result.Executed(describe(hold));
    }
    held = Optional.empty();
    return new Result.Executed("released");
  }

  /** Lifts it if its time is up; whether it did. */
  boolean lapse(Instant now) {
    Optional<Held> over = held.filter(hold -> held(now).isEmpty());
    over.ifPresent(
        hold -> {
          ended = Optional.of(new Ended(hold.reason(), hold.until().orElseThrow()));
          held = Optional.empty();
        });
    return over.isPresent();
  }

  /** What people should know of it: that the device lifted it by itself. */
  Optional<String> remark(Instant now, ZoneId zone) {
    return ended.map(
        over -> over.reason().wire() + " ended at " + SpokenTime.of(over.at(), now, zone));
  }

  void save(ObjectNode state) {
    held.ifPresent(hold -> state.set("restraint", hold.write()));
    ended.ifPresent(over -> state.set("restraintEnded", over.write()));
  }

  private Optional<Held> held(Instant now) {
    return held.filter(hold -> hold.until().map(now::isBefore).orElse(true));
  }

  private static String describe(Held hold) {
    return hold.reason().wire()
        + (hold.note().isEmpty() ? "" : ": " + hold.note())
        + " (set by "
        + hold.by().local()
        + hold.until().map(end -> ", until " + end).orElse("")
        + ")";
  }

  private static String clipped(String note) {
    return note.length() <= Restriction.MAX_NOTE
        ? note
        : note.substring(0, Restriction.MAX_NOTE - 1) + "…";
  }
}
