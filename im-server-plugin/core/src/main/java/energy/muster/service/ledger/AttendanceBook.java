// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.identity.BareJid;
import energy.muster.service.journal.Attendance;
import energy.muster.service.journal.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who came and went, each change once, as the journal is to have it. Only for use at the desk. */
final class AttendanceBook {
  private final Map<BareJid, Attendance> standing = new HashMap<>();
  private final List<Entry> unwritten = new ArrayList<>();

  void recover(List<Entry.Attended> last) {
    last.forEach(change -> standing.put(change.device(), change.attendance()));
  }

  /**
   * @param at since when; it may be before it was found
   */
  void note(BareJid device, Attendance attendance, Instant at, String why) {
    if (standing.put(device, attendance) != attendance) {
      unwritten.add(new Entry.Attended(device, at, attendance, why));
    }
  }

  List<Entry> takeUnwritten() {
    List<Entry> taken = List.copyOf(unwritten);
    unwritten.clear();
    return taken;
  }
}
