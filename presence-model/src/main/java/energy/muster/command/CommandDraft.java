// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.Header;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.Optional;

/**
 * A command as it is being written: routine and at once, by the signer's own right, as far as
 * nothing else is said. Not thread-safe.
 */
public final class CommandDraft {
  private Header header;
  private Instruction instruction;
  private final Targets targets;
  private Instant deliverBy;
  private Instant executeBy;
  private Optional<Instant> executeAt = Optional.empty();
  private Optional<Instant> until = Optional.empty();
  private Optional<Precondition> when = Optional.empty();
  private Optional<DocumentId> supersedes = Optional.empty();
  private Priority priority = Priority.ROUTINE;
  private Optional<String> reason = Optional.empty();
  private Optional<Goal> goal = Optional.empty();
  private Optional<Sealed> mandate = Optional.empty();
  private Optional<ObjectNode> info = Optional.empty();

  /** One that is to be delivered and carried out by that time. */
  public CommandDraft(Header header, Instruction instruction, Targets targets, Instant by) {
    this.header = header;
    this.instruction = instruction;
    this.targets = targets;
    deliverBy = by;
    executeBy = by;
  }

  /** The same again, to say something of it otherwise. */
  CommandDraft(Command command) {
    this(command.header(), command.instruction(), command.targets(), command.deliverBy());
    executeBy = command.executeBy();
    executeAt = command.executeAt();
    until = command.until();
    when = command.when();
    supersedes = command.supersedes();
    priority = command.priority();
    reason = command.reason();
    goal = command.goal();
    mandate = command.mandate();
    info = command.info();
  }

  public CommandDraft header(Header other) {
    header = other;
    return this;
  }

  public CommandDraft instruction(Instruction other) {
    instruction = other;
    return this;
  }

  public CommandDraft deliverBy(Instant by) {
    deliverBy = by;
    return this;
  }

  public CommandDraft executeBy(Instant by) {
    executeBy = by;
    return this;
  }

  public CommandDraft executeAt(Instant at) {
    executeAt = Optional.of(at);
    return this;
  }

  public CommandDraft until(Instant end) {
    until = Optional.of(end);
    return this;
  }

  public CommandDraft when(Precondition precondition) {
    when = Optional.of(precondition);
    return this;
  }

  public CommandDraft supersedes(DocumentId earlier) {
    supersedes = Optional.of(earlier);
    return this;
  }

  public CommandDraft priority(Priority other) {
    priority = other;
    return this;
  }

  public CommandDraft reason(String text) {
    reason = Optional.of(text);
    return this;
  }

  public CommandDraft goal(Goal sum) {
    goal = Optional.of(sum);
    return this;
  }

  /** By the right that this mandate gives its master IED. */
  public CommandDraft under(Sealed given) {
    mandate = Optional.of(given);
    return this;
  }

  /** For programs. */
  public CommandDraft info(ObjectNode tree) {
    info = Optional.of(tree);
    return this;
  }

  /**
   * @throws IllegalArgumentException when it contradicts itself
   */
  public Command command() {
    return new Command(
        header,
        instruction,
        targets,
        deliverBy,
        executeBy,
        executeAt,
        until,
        when,
        supersedes,
        priority,
        reason,
        goal,
        mandate,
        info);
  }
}
