// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.journal.Receipt;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who has a document that was published, by what the devices have signed. */
final class Receipts {
  /** So that the answer stays well below the largest stanza. */
  private static final int MOST = 4_000;

  private final DocumentId document;
  private final Map<BareJid, Standing> standings = new TreeMap<>();

  /**
   * How it stands with one device.
   *
   * @param state has, waits, newer, older, none, or how its delivery ended
   * @param version the highest that it has
   */
  private record Standing(String state, Optional<Long> version, Optional<Receipt> last) {}

  /**
   * @param version of the document
   * @param all receipts of the tariff, in the order in which they were accepted
   * @param meters those that might have it; who was sent it is told of besides
   */
  Receipts(
      DocumentId document,
      long version,
      Collection<Receipt> all,
      Collection<BareJid> meters,
      Predicate<BareJid> seen) {
    this.document = document;
    Map<BareJid, List<Receipt>> byDevice =
        all.stream()
            .filter(receipt -> seen.test(receipt.device()))
            .collect(Collectors.groupingBy(Receipt::device));
    byDevice.forEach((device, own) -> standings.put(device, standing(version, own)));
    meters.stream()
        .filter(seen)
        .forEach(
            device ->
                standings.putIfAbsent(
                    device, new Standing("none", Optional.empty(), Optional.empty())));
  }

  private Standing standing(long version, List<Receipt> own) {
    Optional<Long> highest =
        own.stream()
            .filter(each -> each.state() == DeliveryState.EXECUTED)
            .map(Receipt::version)
            .max(Long::compareTo);
    List<Receipt> ofThis = own.stream().filter(each -> each.document().equals(document)).toList();
    Optional<Receipt> taken =
        ofThis.stream().filter(each -> each.state() == DeliveryState.EXECUTED).findFirst();
    if (taken.isPresent()) {
      return new Standing("has", highest, taken);
    }
    if (!ofThis.isEmpty()) {
      Receipt last = ofThis.get(ofThis.size() - 1);
      return new Standing(
          last.state().terminal() ? last.state().wire() : "waits", highest, Optional.of(last));
    }
    return new Standing(
        highest.map(has -> has > version ? "newer" : "older").orElse("none"),
        highest,
        Optional.empty());
  }

  /** Into an answer: how many there are of each, and each device. */
  void write(ObjectNode answer) {
    Map<String, Long> counts =
        standings.values().stream()
            .map(Standing::state)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    ObjectNode counted = answer.putObject("counts");
    counts.forEach(counted::put);
    ArrayNode devices = answer.putArray("devices");
    standings.entrySet().stream()
        .limit(MOST)
        .map(each -> write(each.getKey(), each.getValue()))
        .forEach(devices::add);
    answer.put("left", Math.max(0, standings.size() - MOST));
  }

  private static ObjectNode write(BareJid device, Standing standing) {
    ObjectNode object =
        Json.object().put("device", device.toString()).put("state", standing.state());
    standing.version().ifPresent(has -> object.put("version", has));
    standing
        .last()
        .ifPresent(last -> object.put("at", last.at().toString()).put("text", last.text()));
    return object;
  }
}
