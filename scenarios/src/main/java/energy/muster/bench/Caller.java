// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import energy.muster.json.Json;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Outcomes;
import energy.muster.seal.Digest;
import energy.muster.seal.Opened;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.seal.Trust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A console reduced to what the clock should run on: seal, submit, verify the outcome. */
final class Caller implements LinkListener {
  private final String site;
  private final SigningIdentity identity;
  private final Trust trust;
  private final InstantSource clock;
  private final Map<DocumentId, Waiting> waiting = new ConcurrentHashMap<>();
  private final Samples signs = new Samples();
  private final Samples verifies = new Samples();
  private final AtomicInteger stanzas = new AtomicInteger();
  private final CountDownLatch proven = new CountDownLatch(1);

  Caller(String site, SigningIdentity identity, Trust trust, InstantSource clock) {
    this.site = site;
    this.identity = identity;
    this.trust = trust;
    this.clock = clock;
  }

  private static final class Waiting {
    private final Set<BareJid> silent;
    private final Digest digest;
    private final int fewest;
    private final CompletableFuture<Void> enough = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Waiting(List<BareJid> devices, Digest digest, int enough) {
      this.silent = new HashSet<>(devices);
      this.digest = digest;
      this.fewest = devices.size() - enough;
    }
  }

  /**
   * A submission ready to go, and the last of its verified outcomes to come.
   *
   * @param deliveryCharacters of what each device will get
   * @param enough when as many have answered as were expected to be there
   */
  record Order(
      Payload submission,
      int deliveryCharacters,
      CompletableFuture<Void> enough,
      CompletableFuture<Void> outcomes) {}

  /** How many stanzas brought outcomes so far. */
  int stanzas() {
    return stanzas.get();
  }

  void awaitProven() throws InterruptedException {
    proven.await();
  }

  /** Seals an order that devices without delay carry out at once. */
  Order limit(List<BareJid> devices, Power power, Duration goodFor) {
    return order(devices, new Instruction.Limit(power), goodFor, devices.size());
  }

  /** What a document of this caller begins with. */
  Header header(DocumentType type) {
    Instant now = clock.instant();
    return new Header(type, site, DocumentId.next(now), identity.certified().jid(), now);
  }

  /**
   * Seals an order.
   *
   * @param enough how many of the devices are there to answer
   */
  Order order(List<BareJid> devices, Instruction instruction, Duration goodFor, int enough) {
    Instant now = clock.instant();
    TargetTree tree =
        TargetTree.of(
            devices.stream().map(device -> Leaf.salted(device, 0, Optional.empty())).toList());
    Command command =
        new CommandDraft(
                header(DocumentType.COMMAND), instruction, tree.targets(), now.plus(goodFor))
            .command();
    byte[] content = command.write();
    Waiting expected = new Waiting(devices, Digest.of(content), enough);
    waiting.put(command.id(), expected);
    var json = Json.object();
    ArrayNode leaves = json.putArray("leaves");
    tree.leaves().forEach(leaf -> leaves.add(leaf.write()));
    long begin = System.nanoTime();
    Sealed sealed = Sealer.seal(content, now, identity);
    signs.add(System.nanoTime() - begin);
    return new Order(
        Payload.of(Wire.SUBMIT, sealed, json),
        delivery(sealed, tree).length(),
        expected.enough,
        expected.done);
  }

  /** What the first device will get; the others' differ by a character or two. */
  private static String delivery(Sealed sealed, TargetTree tree) {
    var json = Json.object();
    json.set("leaf", tree.leaves().get(0).write());
    ArrayNode path = json.put("index", 0).putArray("path");
    tree.path(0).forEach(hash -> path.add(hash.toString()));
    return sealed.base64() + Json.text(json);
  }

  /** What signing cost, one a trip. */
  Samples signs() {
    return signs;
  }

  /** What checking the outcome cost, one a trip; complete when the trip is. */
  Samples verifies() {
    return verifies;
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    switch (question.wire()) {
      case OUTCOME -> {
        stanzas.incrementAndGet();
        verify(question.requireSealed());
      }
      case OUTCOMES -> {
        stanzas.incrementAndGet();
        Outcomes.read(question).sealed().forEach(this::verify);
      }
      default -> {}
    }
    return CompletableFuture.completedFuture(Payload.empty(question.wire()));
  }

  private void verify(Sealed sealed) {
    long begin = System.nanoTime();
    Opened opened = trust.open(sealed, clock.instant());
    verifies.add(System.nanoTime() - begin);
    Outcome outcome = Outcome.read(opened.content());
    conclude(outcome, opened.soleSigner().jid());
  }

  // Outcomes come one at a time, in the order of the stream.
  private void conclude(Outcome outcome, BareJid device) {
    Waiting expected = waiting.get(outcome.command());
    if (expected == null
        || !outcome.commandDigest().equals(expected.digest)
        || !expected.silent.remove(device)) {
      return;
    }
    if (outcome.result().state() != DeliveryState.EXECUTED) {
      var failed = new IllegalStateException(device + ": " + outcome.result());
      expected.done.completeExceptionally(failed);
      expected.enough.completeExceptionally(failed);
    }
    if (expected.silent.size() <= expected.fewest) {
      expected.enough.complete(null);
    }
    if (expected.silent.isEmpty()) {
      waiting.remove(outcome.command());
      expected.done.complete(null);
    }
  }

  @Override
  public void told(Payload message) {}

  @Override
  public void changed(LinkState state) {
    if (state == LinkState.PROVEN) {
      proven.countDown();
    }
  }
}
