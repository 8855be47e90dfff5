// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.console.language.Name;
import energy.muster.document.DocumentId;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads orders as the service keeps them, and writes them to files that openssl can check. */
final class Records {
  private static final int MOST = 50;
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final Questions questions;
  private final OrderBook book;

  Records(Questions questions, OrderBook book) {
    this.questions = questions;
    this.book = book;
  }

  List<OrderRecord> list(Line.Filter filter) throws InterruptedException {
    ObjectNode question =
        Json.object().put("filter", filter.name().toLowerCase(Locale.ROOT)).put("limit", MOST);
    Payload answer = questions.get(Payload.of(Wire.ORDERS, question), ANSWER);
    List<OrderRecord> orders = OrderRecord.readAll(Questions.json(answer));
    orders.forEach(order -> book.learn(order.id()));
    return orders;
  }

  ReliabilityRecord reliability(ObjectNode question) throws InterruptedException {
    Payload answer = questions.get(Payload.of(Wire.RELIABILITY, question), ANSWER);
    return ReliabilityRecord.read(Questions.json(answer));
  }

  OrderRecord one(Name typed) throws InterruptedException {
    return one(id(typed));
  }

  OrderRecord one(DocumentId id) throws InterruptedException {
    Payload question = Payload.of(Wire.ORDER, Json.object().put("id", id.text()));
    OrderRecord order = OrderRecord.read(Questions.json(questions.get(question, ANSWER)));
    if (!order.id().equals(id)) {
      throw new Refused(Reason.MALFORMED, "the service answered about another order");
    }
    return order;
  }

  /** A whole id, or the end or beginning of one that was seen here. */
  private DocumentId id(Name typed) throws InterruptedException {
    String text = typed.text().toUpperCase(Locale.ROOT);
    try {
      return new DocumentId(text);
    } catch (IllegalArgumentException e) {
      List<DocumentId> found = book.matching(text);
      if (found.isEmpty()) {
        list(Line.Filter.ALL);
        found = book.matching(text);
      }
      if (found.size() == 1) {
        return found.get(0);
      }
      throw new Hint(
          typed.column(),
          found.isEmpty()
              ? "no order ends in '" + text + "'; orders lists them"
              : found.size() + " orders are meant by '" + text + "'; type more of its id");
    }
  }

  /**
   * The sealed command, outcomes and write-offs as DER, and what the service says of them as JSON.
   */
  List<Path> export(OrderRecord order, Path folder) throws IOException {
    if (order.command().isEmpty()) {
      throw new Refused(Reason.UNKNOWN, "the service did not give the sealed command");
    }
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    String stem = order.id().text();
    files.add(
        Files.write(folder.resolve(stem + ".command.der"), order.command().orElseThrow().cms()));
    ObjectNode index = Json.object().put("id", stem);
    index.put("command", stem + ".command.der");
    ArrayNode outcomes = index.putArray("outcomes");
    files.addAll(export(order.outcomes(), folder, stem, "outcome", outcomes));
    ArrayNode writeOffs = index.putArray("writeOffs");
    files.addAll(export(order.writeOffs(), folder, stem, "write-off", writeOffs));
    ArrayNode history = index.putArray("history");
    for (OrderRecord.Step step : order.history()) {
      history
          .addObject()
          .put("device", step.device().toString())
          .put("state", step.state().wire())
          .put("at", step.at().toString())
          .put("text", step.text());
    }
    files.add(
        Files.write(
            folder.resolve(stem + ".json"),
            (Json.pretty(index) + "\n").getBytes(StandardCharsets.UTF_8)));
    return files;
  }

  private static List<Path> export(
      List<OrderRecord.Evidence> documents, Path folder, String stem, String kind, ArrayNode index)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (OrderRecord.Evidence evidence : documents) {
      String device = evidence.device().local();
      String name = stem + "." + device + "." + (files.size() + 1) + "." + kind + ".der";
      files.add(Files.write(folder.resolve(name), evidence.sealed().cms()));
      index.addObject().put("device", evidence.device().toString()).put("file", name);
    }
    return files;
  }
}
