// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Condition;
import energy.muster.console.language.Line;
import energy.muster.console.language.Selection;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Tells, once each time, when a device that somebody waits for becomes available. Who is named is
 * watched until that is taken back; a description goes on meaning whoever it is true of.
 */
final class Watches {
  private static final List<Condition> AVAILABLE = List.of(new Condition.Available());

  private final Monitor monitor;
  private final Mirror mirror;
  private final InstantSource clock;
  private final Consumer<Event> events;
  private final Set<BareJid> named = new TreeSet<>(Mirror.BY_NAME);
  private final Map<String, Selection.Matching> described = new LinkedHashMap<>();

  /** Of all devices, as they were when they were last looked at. */
  private final Map<BareJid, Boolean> availability = new HashMap<>();

  private final Set<BareJid> watched = new HashSet<>();

  Watches(Monitor monitor, Mirror mirror, InstantSource clock, Consumer<Event> events) {
    this.monitor = monitor;
    this.mirror = mirror;
    this.clock = clock;
    this.events = events;
  }

  LineResult watch(Line.Watch line) {
    if (line.devices() instanceof Selection.Matching matching) {
      List<BareJid> now = mirror.matching(matching).stream().map(Contact::device).toList();
      monitor.update(() -> describe(matching, now, line.on()));
    } else {
      List<BareJid> devices = mirror.resolve(line.devices());
      monitor.update(() -> name(devices, line.on()));
    }
    return list();
  }

  private void describe(Selection.Matching matching, List<BareJid> now, boolean on) {
    // As they are when this is said; what was so before is no news.
    lookAll();
    if (on) {
      described.put(matching.words(), matching);
    } else {
      described.remove(matching.words());
      now.forEach(named::remove);
    }
    lookAll();
  }

  private void name(List<BareJid> devices, boolean on) {
    lookAll();
    if (on) {
      named.addAll(devices);
    } else {
      devices.forEach(named::remove);
    }
    lookAll();
  }

  /** What is watched now. */
  List<BareJid> devices() {
    return monitor.read(this::now);
  }

  private List<BareJid> now() {
    Set<BareJid> all = new TreeSet<>(Mirror.BY_NAME);
    all.addAll(watched);
    return List.copyOf(all);
  }

  /** Takes over what somebody else watched. */
  void adopt(List<BareJid> devices) {
    monitor.update(() -> name(devices, true));
  }

  LineResult list() {
    events.accept(
        monitor.read(
            () -> {
              Map<String, List<BareJid>> descriptions = new LinkedHashMap<>();
              described.forEach(
                  (words, matching) ->
                      descriptions.put(
                          words, now().stream().filter(device -> is(matching, device)).toList()));
              return new Event.Watched(
                  clock.instant(),
                  now(),
                  List.copyOf(named),
                  descriptions,
                  now().stream().filter(this::available).toList());
            }));
    return new LineResult.Done(true);
  }

  /** Something is known of a device that was not before. */
  void check(BareJid device) {
    monitor.update(() -> look(device));
  }

  /** Everything may have changed while nobody was told. */
  void checkAll() {
    monitor.update(this::lookAll);
  }

  private void lookAll() {
    Set<BareJid> all = new TreeSet<>(Mirror.BY_NAME);
    mirror.all().forEach(contact -> all.add(contact.device()));
    all.addAll(named);
    all.addAll(watched);
    all.forEach(this::look);
  }

  private void look(BareJid device) {
    boolean now = available(device);
    boolean before = Boolean.TRUE.equals(availability.put(device, now));
    // By what it was as well: what makes it available may be what it was watched for.
    boolean wasMeant = watched.contains(device);
    boolean isMeant =
        named.contains(device) || described.values().stream().anyMatch(it -> is(it, device));
    if (isMeant) {
      watched.add(device);
    } else {
      watched.remove(device);
    }
    if ((wasMeant || isMeant) && now && !before) {
      mirror
          .contact(device)
          .ifPresent(contact -> events.accept(new Event.Available(clock.instant(), contact)));
    }
  }

  private boolean is(Selection.Matching matching, BareJid device) {
    return mirror.contact(device).filter(matching::covers).isPresent();
  }

  private boolean available(BareJid device) {
    return mirror.holds(device, AVAILABLE);
  }
}
