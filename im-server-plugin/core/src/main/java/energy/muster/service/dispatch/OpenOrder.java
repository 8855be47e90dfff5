// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Command;
import energy.muster.command.Priority;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.Submission;
import energy.muster.service.ledger.Ledger;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** An order that is not over, or whose id must still be known. Only for use at the desk. */
final class OpenOrder {
  private Submission submission;
  private final TargetTree targets;
  private final Map<BareJid, Parcel> parcels = new LinkedHashMap<>();
  private CompletableFuture<Void> kept = new CompletableFuture<>();
  private boolean doubtful;

  private OpenOrder(Submission submission, TargetTree targets) {
    this.submission = submission;
    this.targets = targets;
  }

  /** A new one, with its deliveries as they are to be journaled. */
  static OpenOrder fresh(Submission submission, TargetTree targets, List<Delivery> deliveries) {
    OpenOrder order = new OpenOrder(submission, targets);
    deliveries.forEach(each -> order.add(each, false));
    return order;
  }

  /** One from the journal, which does not say whether what it calls sent has arrived. */
  static OpenOrder recovered(Order order) {
    TargetTree targets = TargetTree.of(order.deliveries().stream().map(Delivery::leaf).toList());
    OpenOrder open = new OpenOrder(order.submission(), targets);
    order.deliveries().forEach(each -> open.add(each, each.state() != DeliveryState.HELD));
    open.kept.complete(null);
    return open;
  }

  private void add(Delivery delivery, boolean perhapsThere) {
    parcels.put(delivery.device(), new Parcel(this, delivery, perhapsThere));
  }

  DocumentId id() {
    return submission.id();
  }

  Command command() {
    return submission.command();
  }

  BareJid issuer() {
    return submission.issuer();
  }

  Digest digest() {
    return submission.digest();
  }

  Sealed sealed() {
    return submission.sealed();
  }

  /** The same content, as more people have signed it. */
  void sealed(Sealed more) {
    submission =
        new Submission(submission.command(), submission.digest(), more, submission.acceptedAt());
  }

  /** Whether somebody holds one of these roles for all of its devices. */
  boolean covered(Set<Role> roles, Certified person, Ledger ledger) {
    return parcels.keySet().stream()
        .allMatch(
            jid ->
                ledger
                    .certificate(jid)
                    .filter(device -> person.covers(roles::contains, device))
                    .isPresent());
  }

  TargetTree targets() {
    return targets;
  }

  boolean hasGoal() {
    return command().goal().isPresent();
  }

  boolean urgent() {
    return command().priority() == Priority.EMERGENCY;
  }

  /** Completes when the order is on disk. */
  CompletableFuture<Void> kept() {
    return kept;
  }

  /** Nobody knows whether it is on disk: who waits is told so, who asks from now on waits anew. */
  void doubt(Throwable why) {
    CompletableFuture<Void> waiting = kept;
    kept = new CompletableFuture<>();
    doubtful = true;
    waiting.completeExceptionally(why);
  }

  /** Whether it is being found out whether it is on disk. */
  boolean doubtful() {
    return doubtful && !kept.isDone();
  }

  /** Whether this is what was submitted. */
  boolean isThat(OrderHistory other) {
    return digest().equals(other.order().submission().digest());
  }

  Collection<Parcel> parcels() {
    return parcels.values();
  }

  Optional<Parcel> parcel(BareJid device) {
    return Optional.ofNullable(parcels.get(device));
  }

  boolean over() {
    return parcels.values().stream().allMatch(Parcel::over);
  }

  /** Whether it is over and will stay so. */
  boolean settled() {
    return parcels.values().stream().allMatch(Parcel::settled);
  }

  /** Word for the issuer of one of its deliveries. */
  Notice notice(Instant now, Parcel parcel, String kind, String what) {
    return notice(now, kind, Optional.of(parcel.device()), parcel.device().local(), what);
  }

  /** How it went, once all of several deliveries have ended. */
  Optional<Notice> sum(Instant now) {
    if (parcels.size() < 2 || !over()) {
      return Optional.empty();
    }
    Map<DeliveryState, Integer> counts = new EnumMap<>(DeliveryState.class);
    parcels.values().forEach(parcel -> counts.merge(parcel.state(), 1, Integer::sum));
    String sum =
        counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
    return Optional.of(
        notice(now, "summary", Optional.empty(), parcels.size() + " devices", "is over: " + sum));
  }

  Notice notice(Instant now, String kind, Optional<BareJid> device, String whom, String what) {
    return new Notice(
        DocumentId.next(now),
        issuer(),
        now,
        kind,
        id(),
        device,
        String.format("%s %s (order %s) %s", command().verb(), whom, id().brief(), what));
  }

  Order snapshot() {
    return new Order(submission, parcels.values().stream().map(Parcel::delivery).toList());
  }

  /** The answer to whoever submitted it, now or again. */
  static Payload accepted(Order order) {
    ObjectNode json = Json.object().put("id", order.id().text());
    ArrayNode deliveries = json.putArray("deliveries");
    for (Delivery delivery : order.deliveries()) {
      deliveries
          .addObject()
          .put("device", delivery.device().toString())
          .put("state", delivery.state().wire());
    }
    return Payload.of(Wire.ACCEPTED, json);
  }
}
