// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.CommandDraft;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Precondition;
import energy.muster.command.Priority;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Json;
import energy.muster.outcome.WriteOff;
import energy.muster.presence.Operating;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.stage.SiteFolder;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the operator of a storm signs. */
final class Letters {
  private final SiteFolder folder;
  private final SigningIdentity identity;

  /** An order as it is submitted, and as the history has it. */
  record Letter(Command command, Payload submission, Fact.Submitted fact) {
    DocumentId id() {
      return command.id();
    }
  }

  Letters(SiteFolder folder, String operator) {
    this.folder = folder;
    this.identity = folder.identity(folder.jid(operator));
  }

  private static Precondition precondition(Operating state, Order.Extras extras) {
    return new Precondition(
        OptionalLong.empty(), Optional.of(state), Optional.empty(), false, extras.awaited());
  }

  Letter order(Order order, Optional<DocumentId> supersedes, Instant now) {
    List<Leaf> leaves = new ArrayList<>();
    for (String device : order.devices()) {
      leaves.add(Leaf.salted(folder.jid(device), leaves.size(), Optional.empty()));
    }
    TargetTree tree = TargetTree.of(leaves);
    Order.Extras extras = order.extras();
    CommandDraft draft =
        new CommandDraft(
                header(DocumentType.COMMAND, now),
                order.instruction(),
                tree.targets(),
                now.plus(order.deliverWithin()))
            .executeBy(now.plus(order.executeWithin()))
            .priority(order.urgent() ? Priority.EMERGENCY : Priority.ROUTINE);
    extras.executeAfter().map(now::plus).ifPresent(draft::executeAt);
    extras.until().map(now::plus).ifPresent(draft::until);
    extras.when().map(state -> precondition(state, extras)).ifPresent(draft::when);
    supersedes.ifPresent(draft::supersedes);
    Command command = draft.command();
    ObjectNode json = Json.object();
    ArrayNode all = json.putArray("leaves");
    tree.leaves().forEach(leaf -> all.add(leaf.write()));
    return new Letter(
        command,
        Payload.of(Wire.SUBMIT, Sealer.seal(command.write(), now, identity), json),
        fact(command, order));
  }

  private static Fact.Submitted fact(Command command, Order order) {
    return new Fact.Submitted(
        command.header().issuedAt(),
        command.id(),
        command.verb(),
        Set.copyOf(order.devices()),
        command.deliverBy(),
        command.executeBy(),
        new Fact.Terms(
            command.executeAt(),
            command.until(),
            order.extras().when(),
            command.instruction() instanceof Instruction.Cancel cancel
                ? Optional.of(cancel.command())
                : Optional.empty(),
            command.supersedes()));
  }

  Payload writeOff(Command command, String device, Instant now) {
    WriteOff document =
        new WriteOff(
            header(DocumentType.WRITE_OFF, now),
            command.id(),
            Digest.of(command.write()),
            folder.jid(device),
            "nobody will know");
    return Payload.of(Wire.WRITE_OFF, Sealer.seal(document.write(), now, identity));
  }

  private Header header(DocumentType type, Instant now) {
    return new Header(type, folder.site(), DocumentId.next(now), identity.certified().jid(), now);
  }
}
