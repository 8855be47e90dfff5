// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Leaf;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.service.Limits;
import energy.muster.service.limit.SignerCap;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/** What is too much: for one device, of one person in a while, and of one person at all. */
final class Overload {
  private final SignerCap cap;
  private final Limits limits;
  private final Lanes lanes;
  private final InstantSource clock;

  Overload(Limits limits, Lanes lanes, InstantSource clock) {
    this.cap = new SignerCap(limits);
    this.limits = limits;
    this.lanes = lanes;
    this.clock = clock;
  }

  /**
   * @param remembered the orders that are not over, or whose id must still be known
   */
  Optional<Refusal> refuse(CheckedOrder checked, Collection<OpenOrder> remembered) {
    return fullDevice(checked)
        .or(() -> checked.signers().size() > 1 ? Optional.empty() : alone(checked, remembered));
  }

  private Optional<Refusal> fullDevice(CheckedOrder checked) {
    return checked.targets().leaves().stream()
        .map(Leaf::device)
        .filter(device -> lanes.waitingFor(device) >= limits.heldPerDevice())
        .findFirst()
        .map(
            full ->
                Refusal.of(
                    Reason.RATE_LIMITED,
                    "%d orders wait for %s already: cancel some, or wait until it is back",
                    limits.heldPerDevice(),
                    full.local()));
  }

  private Optional<Refusal> alone(CheckedOrder checked, Collection<OpenOrder> remembered) {
    BareJid issuer = checked.command().header().issuer();
    if (remembers(issuer, remembered) >= limits.ordersPerIssuer()) {
      return Optional.of(
          Refusal.of(
              Reason.RATE_LIMITED,
              "%s has %d orders whose time is not over: wait, give them less time, or one order to"
                  + " many devices",
              issuer,
              limits.ordersPerIssuer()));
    }
    return checked.command().verb().onlyLooks()
        ? Optional.empty()
        : cap.use(issuer, checked.targets().leaves().size(), clock.instant());
  }

  /** Counted only where all together are that many. */
  private long remembers(BareJid issuer, Collection<OpenOrder> remembered) {
    return remembered.size() < limits.ordersPerIssuer()
        ? 0
        : remembered.stream().filter(order -> order.issuer().equals(issuer)).count();
  }
}
