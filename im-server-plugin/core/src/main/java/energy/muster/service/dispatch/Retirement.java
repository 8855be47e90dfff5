// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The deliveries that one order ends because they have not been sent: those of the order it cancels
 * or supersedes. Nothing is left to be carried to a device whose only delivery was so cancelled.
 * Only for use at the desk.
 */
final class Retirement {
  private final List<Entry> entries = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Parcel> ended = new ArrayList<>();
  private final Endings endings;
  private final OpenOrder by;
  private final Instant now;

  private Retirement(Endings endings, OpenOrder by, Instant now) {
    this.endings = endings;
    this.by = by;
    this.now = now;
  }

  static Retirement of(
      Endings endings, OpenOrder by, Map<DocumentId, OpenOrder> orders, Instant now) {
    Retirement retirement = new Retirement(endings, by, now);
    if (by.command().instruction() instanceof Instruction.Cancel cancel) {
      own(by, Optional.ofNullable(orders.get(cancel.command()))).ifPresent(retirement::cancel);
    }
    own(by, by.command().supersedes().map(orders::get)).ifPresent(retirement::supersede);
    if (by.command().instruction() instanceof Instruction.SetTariff prices) {
      orders.values().stream()
          .filter(earlier -> earlier != by && replaces(prices, earlier, now))
          .toList()
          .forEach(retirement::supersede);
    }
    return retirement;
  }

  private static Optional<OpenOrder> own(OpenOrder by, Optional<OpenOrder> earlier) {
    return earlier.filter(order -> order.issuer().equals(by.issuer()));
  }

  /** Nobody is brought what costs something else by now, whoever of the supplier's said it. */
  private static boolean replaces(Instruction.SetTariff by, OpenOrder earlier, Instant now) {
    return earlier.command().instruction() instanceof Instruction.SetTariff older
        && by.document().replaces(older.document(), now);
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
    entries.add(parcel.end(end, now, why));
    ended.add(parcel);
  }

  /** What is to be journaled together with the order that does it. */
  List<Entry> entries() {
    return entries;
  }

  /** What is settled once that is on disk, and has not happened if it cannot be. */
  List<Parcel> ended() {
    return ended;
  }

  /** It is on disk. */
  void tell() {
    notices.forEach(endings::tell);
  }
}
