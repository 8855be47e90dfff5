// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.command.Command;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Contact;
import energy.muster.presence.Difference;
import energy.muster.service.desk.Timetable;
import energy.muster.service.dispatch.Lanes;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.view.Coverage;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells people of a device that came back other than it was believed to be: at once, or, where an
 * order that it had may be why, when its word on that order has had time to come. Only for use at
 * the desk.
 */
final class Differences {
  private final Timing timing;
  private final Timetable timetable;
  private final Ledger ledger;
  private final Lanes lanes;
  private final Notices notices;

  Differences(Timing timing, Timetable timetable, Ledger ledger, Lanes lanes, Notices notices) {
    this.timing = timing;
    this.timetable = timetable;
    this.ledger = ledger;
    this.lanes = lanes;
    this.notices = notices;
  }

  void found(Contact contact) {
    Difference difference = contact.difference().orElseThrow();
    if (lanes.inDoubt(contact.device()).isEmpty()) {
      tell(contact.device(), difference);
    } else {
      timetable.after(timing.grace(), () -> tell(contact.device(), difference));
    }
  }

  private void tell(BareJid device, Difference difference) {
    Optional<Difference> stands = ledger.contact(device).flatMap(Contact::difference);
    if (!stands.equals(Optional.of(difference))) {
      return;
    }
    Certified certified = ledger.certificate(device).orElseThrow();
    notices.tell(
        device,
        difference,
        device.local()
            + ": came back "
            + difference.found()
            + ", and was believed to be "
            + difference.believed()
            + " when last heard at "
            + difference.known().truncatedTo(ChronoUnit.SECONDS)
            + perhaps(lanes.inDoubt(device)),
        person -> Coverage.covers(person, certified));
    ledger.differenceTold(device);
  }

  private static String perhaps(List<Command> inDoubt) {
    return inDoubt.isEmpty()
        ? ""
        : inDoubt.stream()
            .map(command -> command.verb() + " (order " + command.id().brief() + ")")
            .collect(Collectors.joining(", ", "; it has not yet answered ", ""));
  }
}
