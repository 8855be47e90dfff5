// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.json.Json;
import energy.muster.link.Futures;
import energy.muster.link.Link;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What the operator asks the service about orders and devices, with the answers as facts. */
final class Questions {
  private final Link link;
  private final Trust trust;
  private final InstantSource clock;

  Questions(Link link, Trust trust, InstantSource clock) {
    this.link = link;
    this.trust = trust;
    this.clock = clock;
  }

  /** Asks the service what became of an order. Completes exceptionally if there is no answer. */
  CompletableFuture<List<Fact>> read(int reading, DocumentId id) {
    return link.get(Payload.of(Wire.ORDER, Json.object().put("id", id.text())))
        .handle(
            (page, failure) -> {
              Throwable cause = Futures.cause(failure);
              if (cause instanceof Refused no && no.refusal().reason() == Reason.UNKNOWN) {
                return List.<Fact>of(new Fact.Missing(clock.instant(), reading, id));
              }
              if (cause != null) {
                throw new CompletionException(cause);
              }
              return found(reading, id, page.requireLargeJson());
            });
  }

  private List<Fact> found(int reading, DocumentId id, ObjectNode page) {
    Map<String, List<Fact.Signed>> outcomes = new HashMap<>();
    page.path("outcomes")
        .forEach(
            one -> {
              Fact.Told told = open(Sealed.ofBase64(one.path("outcome").asText()));
              outcomes.computeIfAbsent(told.device(), any -> new ArrayList<>()).add(told.outcome());
            });
    Set<String> givenUp = new HashSet<>();
    page.path("writeOffs")
        .forEach(one -> givenUp.add(givenUp(Sealed.ofBase64(one.path("writeOff").asText()))));
    List<Fact> found = new ArrayList<>();
    page.path("deliveries")
        .forEach(
            one -> {
              String device = one.path("device").asText().split("@", 2)[0];
              found.add(
                  new Fact.Found(
                      clock.instant(),
                      reading,
                      id,
                      device,
                      DeliveryState.ofWire(one.path("state").asText()).orElseThrow(),
                      one.path("text").asText(),
                      outcomes.getOrDefault(device, List.of()),
                      givenUp.contains(device)));
            });
    return found;
  }

  /** The devices that the service shows as faults because their journal fell behind. */
  CompletableFuture<List<String>> quarantined() {
    return link.set(Payload.of(Wire.VIEW, Json.object().put("id", "storm")))
        .thenApply(
            view -> {
              List<String> names = new ArrayList<>();
              view.requireLargeJson()
                  .path("entries")
                  .forEach(
                      entry -> {
                        if (entry
                            .path("absence")
                            .path("reason")
                            .asText()
                            .equals("journal restored")) {
                          names.add(entry.path("device").asText().split("@", 2)[0]);
                        }
                      });
              return names;
            });
  }

  /** Verifies the operator's own word and says of which device it gave up a delivery. */
  private String givenUp(Sealed sealed) {
    return WriteOff.read(trust.open(sealed, clock.instant()).content()).device().local();
  }

  /** Verifies a sealed outcome. */
  Fact.Told open(Sealed sealed) {
    Opened opened = trust.open(sealed, clock.instant());
    Outcome outcome = Outcome.read(opened.content());
    return new Fact.Told(
        clock.instant(),
        outcome.command(),
        opened.soleSigner().jid().local(),
        new Fact.Signed(
            opened.digest().toString(), outcome.result().state(), outcome.result().text()));
  }
}
