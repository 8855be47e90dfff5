// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.branch.Mandate;
import energy.muster.command.Command;
import energy.muster.command.CommandDraft;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.ied.branch.Decision.Give;
import energy.muster.ied.branch.Decision.Share;
import energy.muster.json.Json;
import energy.muster.outcome.Outcome;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An order that a master IED has given by itself, and who has answered it. */
final class OwnOrder {
  private static final Duration DELIVER_WITHIN = Duration.ofSeconds(30);
  private static final Duration EXECUTE_WITHIN = Duration.ofSeconds(45);

  private final Give give;
  private final Command command;
  private final Digest digest;
  private final Payload submission;
  private final Map<BareJid, Share> open = new LinkedHashMap<>();
  private final List<String> answers = new ArrayList<>();

  /**
   * Signs it.
   *
   * @param sealed the mandate, as its giver signed it
   */
  OwnOrder(
      Give give, Mandate mandate, Sealed sealed, SigningIdentity master, String site, Instant now) {
    this.give = give;
    List<Leaf> leaves = new ArrayList<>();
    for (Share share : give.shares()) {
      leaves.add(Leaf.salted(share.device(), leaves.size(), share.most()));
      open.put(share.device(), share);
    }
    CommandDraft draft =
        new CommandDraft(
                new Header(
                    DocumentType.COMMAND,
                    site,
                    DocumentId.next(now),
                    master.certified().jid(),
                    now),
                give.what(),
                TargetTree.of(leaves).targets(),
                now.plus(DELIVER_WITHIN))
            .executeBy(now.plus(EXECUTE_WITHIN))
            .reason(give.why())
            .under(sealed);
    if (Mandate.MEASURED.contains(give.verb())) {
      draft.until(mandate.until());
    }
    command = draft.command();
    byte[] content = command.write();
    digest = Digest.of(content);
    ObjectNode beside = Json.object();
    ArrayNode list = beside.putArray("leaves");
    leaves.forEach(leaf -> list.add(leaf.write()));
    submission = Payload.of(Wire.SUBMIT, Sealer.seal(content, now, master), beside);
  }

  Give give() {
    return give;
  }

  DocumentId id() {
    return command.id();
  }

  /** The same each time it is sent. */
  Payload submission() {
    return submission;
  }

  /** Past it no device begins it any more. */
  Instant executeBy() {
    return command.executeBy();
  }

  /** Whom the outcome answers for, if it is one of this order that was not answered yet. */
  Optional<Share> answer(Outcome outcome) {
    if (!outcome.command().equals(command.id()) || !outcome.commandDigest().equals(digest)) {
      return Optional.empty();
    }
    Optional<Share> share = Optional.ofNullable(open.remove(outcome.header().issuer()));
    share.ifPresent(
        answered ->
            answers.add(
                answered.device().local()
                    + " "
                    + outcome.result().state().wire()
                    + " ("
                    + outcome.result().text()
                    + ")"));
    return share;
  }

  /** Who has not answered. */
  List<Share> silent() {
    return List.copyOf(open.values());
  }

  /** What was ordered of whom, for people. */
  String words() {
    List<String> devices =
        give.shares().stream()
            .map(
                share ->
                    share.device().local()
                        + share
                            .most()
                            .filter(power -> !power.equals(Power.ZERO))
                            .map(power -> " (" + power + ")")
                            .orElse(""))
            .toList();
    String then = give.what() instanceof Instruction.Select select ? " to " + select.operate() : "";
    return give.verb() + " " + String.join(", ", devices) + then;
  }

  /** Who answered what, for people. */
  String outcome() {
    List<String> all = new ArrayList<>(answers);
    open.keySet().forEach(device -> all.add("no answer of " + device.local()));
    return String.join(", ", all);
  }
}
