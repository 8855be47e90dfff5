// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.Rollout;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.service.journal.OrderHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who takes which place in the waves of an upgrade: first those that have begun, as they did; then
 * those that wait, as they were signed; then those that have been away for so long that their place
 * goes to another, until they are back; last those that never will begin. How long somebody has
 * been away is not on disk: a service that starts waits anew for all. Only for use at the desk.
 */
final class Places {
  private final List<Parcel> signed;
  private final Set<BareJid> begun = new LinkedHashSet<>();
  private final Map<BareJid, Instant> away = new HashMap<>();
  private final Duration patience;

  Places(OpenOrder order, Duration patience) {
    this.signed =
        order.parcels().stream()
            .sorted(Comparator.comparingInt(parcel -> parcel.leaf().order()))
            .toList();
    this.patience = patience;
  }

  /** Who has begun by what the journal says, as they did. */
  void recall(OrderHistory history) {
    history.steps().stream()
        .filter(step -> step.state() == DeliveryState.SENT)
        .forEach(step -> begun.add(step.device()));
  }

  void begins(BareJid device) {
    // Whoever was let go before and has not got its order begins now.
    begun.remove(device);
    begun.add(device);
    away.remove(device);
  }

  /** It cannot begin, or can again. */
  void look(BareJid device, boolean stalled, Instant now) {
    if (stalled) {
      away.putIfAbsent(device, now);
    } else {
      away.remove(device);
    }
  }

  /** Whoever can begin again is waited for as before. */
  void review(Predicate<BareJid> stalled) {
    away.keySet().removeIf(device -> !stalled.test(device));
  }

  boolean passed(BareJid device, Instant now) {
    return passes()
        && Optional.ofNullable(away.get(device))
            .filter(since -> !now.isBefore(since.plus(patience)))
            .isPresent();
  }

  /** All whose place goes to others. */
  List<BareJid> passed(Instant now) {
    return away.keySet().stream().filter(device -> passed(device, now)).sorted().toList();
  }

  private boolean passes() {
    return patience.compareTo(Rollout.NOBODY) < 0;
  }

  /** When the next is passed over, if nothing happens before. */
  Optional<Instant> next(Instant now) {
    return passes()
        ? away.values().stream()
            .map(since -> since.plus(patience))
            .filter(now::isBefore)
            .min(Comparator.naturalOrder())
        : Optional.empty();
  }

  /** As the places are taken now. */
  List<Parcel> now(Function<Parcel, CampaignMember.State> state, Instant now) {
    if (!passes()) {
      return signed;
    }
    Map<BareJid, Parcel> gone = new HashMap<>();
    List<Parcel> waiting = new ArrayList<>();
    List<Parcel> passed = new ArrayList<>();
    List<Parcel> left = new ArrayList<>();
    for (Parcel parcel : signed) {
      switch (state.apply(parcel)) {
        case WAITING -> (passed(parcel.device(), now) ? passed : waiting).add(parcel);
        case LEFT -> left.add(parcel);
        case BEGUN, SUCCEEDED, FAILED, UNCONFIRMED -> gone.put(parcel.device(), parcel);
      }
    }
    List<Parcel> all = new ArrayList<>(signed.size());
    begun.forEach(device -> Optional.ofNullable(gone.remove(device)).ifPresent(all::add));
    signed.stream().filter(parcel -> gone.containsKey(parcel.device())).forEach(all::add);
    all.addAll(waiting);
    all.addAll(passed);
    all.addAll(left);
    return all;
  }
}
