// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.presence.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Follows one view: its first list and then changes numbered without a gap. Answers and messages
 * come on different threads, so a change may be here before the list it changes.
 */
final class View {
  private final Monitor monitor;
  private final Mirror mirror;
  private final TreeMap<Long, List<Contact>> early = new TreeMap<>();
  private long opened;
  private long revision = -1;

  View(Monitor monitor, Mirror mirror) {
    this.monitor = monitor;
    this.mirror = mirror;
  }

  /** What became of a change. */
  enum Taken {
    NOW,
    LATER,
    NOT_OURS,
    /** One before it got lost: the view must be opened again. */
    GAP
  }

  /** The id of a view to open now; what belongs to an older one no longer counts. */
  String open() {
    return monitor.update(
        () -> {
          opened++;
          revision = -1;
          early.clear();
          return id();
        });
  }

  String id() {
    return monitor.read(() -> "v" + opened);
  }

  /** Takes the first list; false when a change got lost already. */
  boolean begin(String id, long first, List<Contact> contacts) {
    return monitor.update(
        () -> {
          if (!id.equals(id())) {
            return true;
          }
          revision = first;
          mirror.replace(contacts);
          for (long next : new ArrayList<>(early.keySet())) {
            List<Contact> changes = early.remove(next);
            if (next > revision + 1) {
              return false;
            }
            revision = Math.max(revision, next);
            changes.forEach(mirror::put);
          }
          return true;
        });
  }

  /** Numbers a change; the caller applies it when it counts now. */
  Taken change(String id, long next, List<Contact> contacts) {
    return monitor.update(
        () -> {
          if (!id.equals(id())) {
            return Taken.NOT_OURS;
          }
          if (revision < 0) {
            early.put(next, contacts);
            return Taken.LATER;
          }
          if (next != revision + 1) {
            return Taken.GAP;
          }
          revision = next;
          return Taken.NOW;
        });
  }
}
