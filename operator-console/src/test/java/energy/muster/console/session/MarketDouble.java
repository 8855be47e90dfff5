// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.CommandDraft;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.exchange.ChangeSet;
import energy.muster.fixture.TestPki;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.response.ShedProposal;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.tariff.PriceDocument;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the service double knows of prices, of proposals and of what changed. */
final class MarketDouble {
  private final Map<String, Sealed> orders = new LinkedHashMap<>();
  private final List<ShedProposal> proposals = new ArrayList<>();
  private final List<ChangeSet> sets = new ArrayList<>();
  final List<ObjectNode> words = new ArrayList<>();
  final List<ObjectNode> asked = new ArrayList<>();
  int fetched;

  /** Published by whoever signs, rightly or not. */
  void publish(TestPki pki, SigningIdentity signer, PriceDocument document) {
    Leaf leaf = Leaf.salted(TestPki.jid("meter-1"), 0, Optional.empty());
    Header header =
        new Header(
            DocumentType.COMMAND,
            TestPki.SITE,
            DocumentId.next(pki.now()),
            signer.certified().jid(),
            pki.now());
    byte[] order =
        new CommandDraft(
                header,
                new Instruction.SetTariff(document),
                TargetTree.of(List.of(leaf)).targets(),
                pki.now().plus(Duration.ofDays(1)))
            .command()
            .write();
    orders.put(header.id().text(), Sealer.seal(order, signer));
  }

  void propose(ShedProposal proposal) {
    proposals.add(proposal);
  }

  void changed(ChangeSet set) {
    sets.add(set);
  }

  Payload answer(Payload question) {
    return switch (question.wire()) {
      case TARIFFS -> tariffs();
      case PUBLICATION -> {
        fetched++;
        yield Payload.of(
            Wire.PUBLICATION,
            orders.get(question.requireJson().path("order").asText()),
            Json.object());
      }
      case RECEIPTS -> receipts(question.requireJson());
      case PROPOSALS -> {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("proposals");
        proposals.forEach(each -> list.add(each.write()));
        yield Payload.of(Wire.PROPOSALS, answer);
      }
      case PROPOSAL -> {
        words.add(question.requireJson());
        yield proposal(Fields.of(question.requireJson()));
      }
      default -> changeSets(question.requireJson());
    };
  }

  private Payload proposal(Fields word) {
    long number = word.integer("number");
    boolean release = word.optionalFlag("release");
    Optional<DocumentId> order = word.optionalValue("order", DocumentId::new);
    proposals.replaceAll(
        each ->
            each.number() != number
                ? each
                : release ? each.reopened() : each.accepted(TestPki.jid("op-1"), order));
    return Payload.of(
        Wire.PROPOSAL,
        proposals.stream()
            .filter(each -> each.number() == number)
            .findFirst()
            .orElseThrow()
            .write());
  }

  private Payload tariffs() {
    ObjectNode answer = Json.object().put("operators", 2);
    ArrayNode list = answer.putArray("publications");
    orders.keySet().forEach(order -> list.addObject().put("order", order));
    return Payload.of(Wire.TARIFFS, answer);
  }

  private Payload receipts(ObjectNode question) {
    asked.add(question);
    if (orders.isEmpty()) {
      throw new Refused(Reason.INVALID_ARGUMENT, "nothing was published");
    }
    ObjectNode answer = Json.object().put("text", "northco/home version 1").put("left", 0);
    answer.putObject("counts").put("has", 1).put("waits", 1);
    ArrayNode devices = answer.putArray("devices");
    devices
        .addObject()
        .put("device", TestPki.jid("meter-1").toString())
        .put("state", "has")
        .put("version", 1);
    devices.addObject().put("device", TestPki.jid("meter-2").toString()).put("state", "waits");
    return Payload.of(Wire.RECEIPTS, answer);
  }

  /** Two at a time, so that whoever copies has to ask again. */
  private Payload changeSets(ObjectNode question) {
    asked.add(question);
    long after = Fields.of(question).integer("after");
    List<String> flags = new ArrayList<>();
    for (JsonNode flag : question.path("flags")) {
      flags.add(flag.asText());
    }
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("sets");
    sets.stream()
        .filter(set -> set.number() > after)
        .limit(2)
        .map(
            set ->
                flags.isEmpty() || set.flags().stream().anyMatch(flags::contains)
                    ? set
                    : set.with(List.of()))
        .forEach(set -> list.add(set.write()));
    return Payload.of(Wire.CHANGE_SETS, answer);
  }
}
