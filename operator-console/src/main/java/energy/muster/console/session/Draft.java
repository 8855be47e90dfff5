// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.CommandDraft;
import energy.muster.command.Goal;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.TargetTree;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Options;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be ordered, and of whom; signed when it is given. */
record Draft(
    Instruction instruction,
    List<BareJid> devices,
    Options options,
    Optional<Goal> goal,
    Map<BareJid, Power> shares) {
  Draft {
    devices = List.copyOf(devices);
    shares = Map.copyOf(shares);
  }

  /** One whose every addressee is meant. */
  Draft(Instruction instruction, List<BareJid> devices, Options options) {
    this(instruction, devices, options, Optional.empty(), Map.of());
  }

  OpenOrder sign(Setup setup) {
    Optional<Power> max = Optional.empty();
    if (instruction instanceof Instruction.Limit limit) {
      max = Optional.of(limit.max());
    } else if (instruction instanceof Instruction.SetPoint point) {
      max = Optional.of(point.target());
    }
    List<Leaf> leaves = new ArrayList<>();
    for (BareJid device : devices) {
      Optional<Power> share = Optional.ofNullable(shares.get(device));
      leaves.add(Leaf.salted(device, leaves.size(), share.isPresent() ? share : max));
    }
    Instant now = setup.clock().instant();
    try {
      Command command = command(TargetTree.of(leaves), setup, now);
      byte[] content = command.write();
      Payload submission =
          Payload.of(Wire.SUBMIT, Sealer.seal(content, now, setup.identity()), beside(leaves));
      return new OpenOrder(command, Digest.of(content), submission, devices);
    } catch (IllegalArgumentException e) {
      throw new Hint(0, e.getMessage());
    }
  }

  /** What goes with a sealed order: whom it is for, which only its root says otherwise. */
  static ObjectNode beside(List<Leaf> leaves) {
    ObjectNode beside = Json.object();
    ArrayNode list = beside.putArray("leaves");
    leaves.forEach(leaf -> list.add(leaf.write()));
    return beside;
  }

  private Command command(TargetTree tree, Setup setup, Instant now) {
    Terms terms = Terms.of(options, now, setup.zone());
    Header header =
        new Header(
            DocumentType.COMMAND,
            setup.site(),
            DocumentId.next(now),
            setup.identity().certified().jid(),
            now);
    CommandDraft draft =
        new CommandDraft(header, instruction, tree.targets(), terms.deliverBy())
            .executeBy(terms.executeBy())
            .priority(options.priority());
    terms.executeAt().ifPresent(draft::executeAt);
    terms.until().ifPresent(draft::until);
    options.when().ifPresent(draft::when);
    options.reason().ifPresent(draft::reason);
    goal.ifPresent(draft::goal);
    return draft.command();
  }
}
