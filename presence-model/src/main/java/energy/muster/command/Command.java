// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An order to one or many devices, as it is signed.
 *
 * @param deliverBy past it the service does not deliver
 * @param executeBy past it the device refuses; at most 7 days after issue (firmware 90)
 * @param executeAt when to act; without it, at once
 * @param until when to go back, if this is still the last order on the point
 * @param when what must still be true of the device
 * @param supersedes an earlier order of the same issuer that this one replaces
 * @param reason for people and the record
 * @param mandate by which a master IED gives it; without it, by the signer's own right
 * @param goal what the candidates are to shed together; without it, each addressee is asked
 * @param info for programs; ignored by everybody who does not know it
 */
public record Command(
    Header header,
    Instruction instruction,
    Targets targets,
    Instant deliverBy,
    Instant executeBy,
    Optional<Instant> executeAt,
    Optional<Instant> until,
    Optional<Precondition> when,
    Optional<DocumentId> supersedes,
    Priority priority,
    Optional<String> reason,
    Optional<Goal> goal,
    Optional<Sealed> mandate,
    Optional<ObjectNode> info) {
  public static final Duration LONGEST = Duration.ofDays(7);
  public static final Duration LONGEST_UPGRADE = Duration.ofDays(90);
  public static final int MAX_REASON = 500;

  public Command {
    Objects.requireNonNull(instruction);
    Objects.requireNonNull(targets);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(mandate);
    require(header.type() == DocumentType.COMMAND, "the header is not of a command");
    require(!deliverBy.isBefore(header.issuedAt()), "deliverBy lies before issuedAt");
    require(!executeBy.isBefore(deliverBy), "executeBy lies before deliverBy");
    Duration longest = instruction.verb() == Verb.UPGRADE ? LONGEST_UPGRADE : LONGEST;
    require(
        !executeBy.isAfter(header.issuedAt().plus(longest)),
        "executeBy lies more than " + longest.toDays() + " days after issuedAt");
    executeAt.ifPresent(
        at ->
            require(
                !at.isAfter(executeBy) && !at.isBefore(header.issuedAt()),
                "executeAt lies outside issuedAt to executeBy"));
    until.ifPresent(end -> require(end.isAfter(header.issuedAt()), "until lies before issuedAt"));
    reason.ifPresent(text -> require(text.length() <= MAX_REASON, "the reason is too long"));
    goal.ifPresent(
        any -> {
          require(instruction.verb() == Verb.SHED, "only shed has a goal");
          require(executeAt.isEmpty(), "a goal is pursued at once");
          require(
              when.filter(Precondition::awaited).isEmpty(),
              "a goal does not wait for a candidate's state");
        });
    if (instruction instanceof Instruction.SetTariff tariff) {
      Header published = tariff.document().header();
      require(
          published.issuer().equals(header.issuer()) && published.site().equals(header.site()),
          "prices are brought by whoever publishes them, to the site they are for");
    }
    if (instruction instanceof Instruction.Overrule overrule) {
      require(overrule.over() != until.isPresent(), "prices are overruled until then, or no more");
    }
    mandate.ifPresent(any -> require(goal.isEmpty(), "no goal is pursued under a mandate"));
    info = info.map(ObjectNode::deepCopy);
  }

  /** The same again, to say something of it otherwise. */
  public CommandDraft draft() {
    return new CommandDraft(this);
  }

  @Override
  public Optional<ObjectNode> info() {
    return info.map(ObjectNode::deepCopy);
  }

  public DocumentId id() {
    return header.id();
  }

  public Verb verb() {
    return instruction.verb();
  }

  public static Command read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), Command::read);
  }

  private static Command read(Fields fields) {
    Header header = Header.read(fields, DocumentType.COMMAND);
    // An unknown verb is a refusal of its own: the document is well formed, the reader is older.
    String word = fields.text("verb");
    Verb verb =
        Verb.ofWire(word)
            .orElseThrow(() -> new Refused(Reason.UNSUPPORTED, "no verb '" + word + "' is known"));
    return new Command(
        header,
        Instruction.read(verb, fields.object("args")),
        Targets.read(fields.object("targets")),
        fields.instant("deliverBy"),
        fields.instant("executeBy"),
        fields.optionalInstant("executeAt"),
        fields.optionalInstant("until"),
        fields.optionalObject("when").map(Precondition::read),
        fields.optionalValue("supersedes", DocumentId::new),
        fields.oneOf("priority", Priority::ofWire),
        fields.optionalText("reason"),
        fields.optionalObject("goal").map(Goal::read),
        fields.has("mandate")
            ? Optional.of(Sealed.ofPieces(fields.values("mandate", piece -> piece)))
            : Optional.empty(),
        fields.optionalTree("info"));
  }

  /** The bytes to sign. */
  public byte[] write() {
    ObjectNode object = header.write().put("verb", verb().wire());
    object.set("args", instruction.arguments());
    object.set("targets", targets.write());
    object.put("deliverBy", deliverBy.toString()).put("executeBy", executeBy.toString());
    executeAt.ifPresent(at -> object.put("executeAt", at.toString()));
    until.ifPresent(end -> object.put("until", end.toString()));
    when.ifPresent(precondition -> object.set("when", precondition.write()));
    supersedes.ifPresent(id -> object.put("supersedes", id.text()));
    object.put("priority", priority.wire());
    reason.ifPresent(text -> object.put("reason", text));
    goal.ifPresent(sum -> object.set("goal", sum.write()));
    mandate.ifPresent(
        given -> {
          ArrayNode pieces = object.putArray("mandate");
          given.pieces().forEach(pieces::add);
        });
    info.ifPresent(tree -> object.set("info", tree));
    return Json.bytes(object);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
