// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody who leaves passes on to a colleague.
 *
 * @param until when the offer lapses
 * @param orders whose outcomes and notices go to the colleague once they have accepted
 * @param watches devices that somebody waits for
 * @param alarms the numbers of alarms that somebody has taken on
 */
public record HandOver(
    DocumentId id,
    BareJid from,
    BareJid to,
    Instant at,
    Instant until,
    State state,
    List<DocumentId> orders,
    List<BareJid> watches,
    List<Long> alarms) {
  public HandOver {
    orders = List.copyOf(orders);
    watches = List.copyOf(watches);
    alarms = List.copyOf(alarms);
  }

  /** How far it has come. */
  public enum State {
    OFFERED,
    ACCEPTED,
    DECLINED,
    LAPSED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> ofWire(String wire) {
      return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
    }
  }

  public HandOver in(State next) {
    return new HandOver(id, from, to, at, until, next, orders, watches, alarms);
  }

  /** The same with only these. */
  public HandOver of(List<DocumentId> fewer, List<BareJid> watched, List<Long> taken) {
    return new HandOver(id, from, to, at, until, state, fewer, watched, taken);
  }
}
