// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Contact;
import energy.muster.service.journal.Attendance;
import energy.muster.service.journal.Entry;
import energy.muster.service.session.Sessions;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The devices, as the desk holds them and as everybody else may read them, and what of that the
 * journal does not have yet.
 */
final class Registry {
  private final Map<BareJid, Watch> watches = new HashMap<>();
  private final Map<BareJid, Contact> contacts = new ConcurrentHashMap<>();
  private final Map<BareJid, Certified> certificates = new ConcurrentHashMap<>();
  private final AtomicLong edition = new AtomicLong();
  private final AttendanceBook attendance = new AttendanceBook();
  private final Sessions sessions;
  private LedgerListener listener;

  Registry(Sessions sessions) {
    this.sessions = sessions;
  }

  void listener(LedgerListener hears) {
    listener = hears;
  }

  LedgerListener listener() {
    return listener;
  }

  void recover(List<Entry.Attended> last) {
    attendance.recover(last);
  }

  void add(Watch watch) {
    watches.put(watch.device(), watch);
  }

  Optional<Watch> watch(BareJid device) {
    return Optional.ofNullable(watches.get(device));
  }

  Collection<Watch> watches() {
    return watches.values();
  }

  /** Any thread. */
  Optional<Contact> contact(BareJid device) {
    return Optional.ofNullable(contacts.get(device));
  }

  /** As it was last published. */
  Contact contact(Watch watch) {
    return contacts.get(watch.device());
  }

  /** Any thread. */
  Collection<Contact> contacts() {
    return contacts.values();
  }

  /** Any thread. */
  Optional<Certified> certificate(BareJid device) {
    return Optional.ofNullable(certificates.get(device));
  }

  /** Rises with each certificate that is not the one before it; any thread. */
  long edition() {
    return edition.get();
  }

  void publish(Watch watch) {
    boolean another = sessions.anotherStream(watch.device(), watch.session());
    contacts.put(watch.device(), watch.contact(another));
    Certified now = watch.certified();
    Certified before = certificates.put(watch.device(), now);
    if (before == null || !before.fingerprint().equals(now.fingerprint())) {
      edition.incrementAndGet();
    }
  }

  void changed(Watch watch) {
    publish(watch);
    listener.changed(contact(watch));
  }

  /**
   * @param at since when; it may be before it was found
   */
  void attend(Watch watch, Attendance is, Instant at, String why) {
    attendance.note(watch.device(), is, at, why);
  }

  /** What the journal does not have yet. */
  List<Entry> unwritten() {
    return with(watches.values().stream().filter(Watch::takeDirty));
  }

  /** Of one device alone. */
  List<Entry> unwritten(BareJid device) {
    return watch(device).filter(Watch::takeDirty).stream()
        .<Entry>map(watch -> new Entry.DeviceNoted(watch.record()))
        .toList();
  }

  /** Everything, so that the last word of all is on disk. */
  List<Entry> all() {
    return with(watches.values().stream());
  }

  private List<Entry> with(Stream<Watch> noted) {
    return Stream.concat(
            attendance.takeUnwritten().stream(),
            noted.<Entry>map(watch -> new Entry.DeviceNoted(watch.record())))
        .toList();
  }
}
