// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The deliveries that one order ends because they have not been sent: those of the order it cancels
 * or supersedes. Nothing is left to be carried to a device whose only delivery was so cancelled.
 * Only for use at the desk.
 */
final class Retirement {
  private final List<Entry> entries = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Runnable> undo = new ArrayList<>();
  private final Endings endings;
  private final OpenOrder by;
  private final Instant now;

  private Retirement(Endings endings, OpenOrder by, Instant now) {
    this.endings = endings;
    this.by = by;
    this.now = now;
  }

  static Retirement of(
      Endings endings,
      OpenOrder by,
      Function<DocumentId, Optional<OpenOrder>> orders,
      Instant now) {
    Retirement retirement = new Retirement(endings, by, now);
    if (by.command().instruction() instanceof Instruction.Cancel cancel) {
      orders.apply(cancel.command()).ifPresent(retirement::cancel);
    }
    by.command().supersedes().flatMap(orders).ifPresent(retirement::supersede);
    return retirement;
  }

  private void cancel(OpenOrder earlier) {
    for (BareJid device : retire(earlier, DeliveryState.CANCELLED)) {
      Parcel own = by.parcel(device).orElseThrow();
      move(own, DeliveryState.CANCELLED, "nothing to carry: what it cancels had not been sent");
    }
  }

  private void supersede(OpenOrder earlier) {
    retire(earlier, DeliveryState.SUPERSEDED);
  }

  private List<BareJid> retire(OpenOrder earlier, DeliveryState end) {
    List<BareJid> retired = new ArrayList<>();
    if (!earlier.issuer().equals(by.issuer())) {
      return retired;
    }
    by.parcels().stream()
        .flatMap(parcel -> earlier.parcel(parcel.device()).stream())
        .filter(parcel -> parcel.state() == DeliveryState.HELD)
        .forEach(
            parcel -> {
              move(parcel, end, end + " by " + by.id());
              String what = "is " + end + ": it had not been sent and is void";
              notices.add(endings.owe(entries, earlier.notice(now, parcel, end.wire(), what)));
              retired.add(parcel.device());
            });
    if (!retired.isEmpty()) {
      endings.sum(earlier, entries).ifPresent(notices::add);
    }
    return retired;
  }

  private void move(Parcel parcel, DeliveryState end, String why) {
    Delivery before = parcel.delivery();
    entries.add(parcel.move(end, now, why));
    undo.add(() -> parcel.restore(before));
  }

  /** What is to be journaled together with the order that does it. */
  List<Entry> entries() {
    return entries;
  }

  void kept() {
    notices.forEach(endings::tell);
  }

  /** It is not on disk, so it has not happened. */
  void undo() {
    undo.forEach(Runnable::run);
  }
}
