// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.identity.BareJid;
import energy.muster.outcome.KeptOutcomes;
import energy.muster.seal.Digest;
import energy.muster.service.Outbound;
import energy.muster.service.desk.Timetable;
import energy.muster.service.session.Sessions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells devices which of the outcomes that came as answers to deliveries are on disk: several at
 * once, and not while there is other work. What is never told is sent again by the device, which
 * does no harm. Only for use at the desk.
 */
public final class Acknowledgements {
  /** Much less than a device waits before it sends an outcome again. */
  private static final Duration GATHERED_FOR = Duration.ofSeconds(10);

  private final Map<BareJid, Set<Digest>> owed = new HashMap<>();
  private final Sessions sessions;
  private final Outbound outbound;
  private final Timetable timetable;

  public Acknowledgements(Sessions sessions, Outbound outbound, Timetable timetable) {
    this.sessions = sessions;
    this.outbound = outbound;
    this.timetable = timetable;
  }

  /**
   * @param outcome the digest of the sealed outcome, which is on disk
   */
  void owe(BareJid device, Digest outcome) {
    Set<Digest> its = owed.get(device);
    if (its == null) {
      its = new LinkedHashSet<>();
      owed.put(device, its);
      timetable.after(GATHERED_FOR, () -> pay(device));
    }
    its.add(outcome);
    if (its.size() == KeptOutcomes.MOST) {
      pay(device);
    }
  }

  /** Tells a device now. */
  void pay(BareJid device) {
    Set<Digest> its = owed.remove(device);
    if (its != null) {
      sessions
          .proven(device)
          .ifPresent(session -> outbound.tell(session.jid(), new KeptOutcomes(its).payload()));
    }
  }
}
