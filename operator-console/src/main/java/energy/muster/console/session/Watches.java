// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Condition;
import energy.muster.console.language.Line;
import energy.muster.identity.BareJid;
import energy.muster.presence.Contact;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Tells, once each time, when a device that somebody waits for becomes available. */
final class Watches {
  private static final List<Condition> AVAILABLE = List.of(new Condition.Available());

  private final Monitor monitor;
  private final Mirror mirror;
  private final InstantSource clock;
  private final Consumer<Event> events;
  private final Map<BareJid, Boolean> watched = new TreeMap<>(Mirror.BY_NAME);

  Watches(Monitor monitor, Mirror mirror, InstantSource clock, Consumer<Event> events) {
    this.monitor = monitor;
    this.mirror = mirror;
    this.clock = clock;
    this.events = events;
  }

  LineResult watch(Line.Watch line) {
    List<BareJid> devices = mirror.resolve(line.devices());
    monitor.update(
        () ->
            devices.forEach(
                device -> {
                  if (line.on()) {
                    watched.put(device, available(device));
                  } else {
                    watched.remove(device);
                  }
                }));
    return list();
  }

  /** What is watched now. */
  List<BareJid> devices() {
    return monitor.read(() -> List.copyOf(watched.keySet()));
  }

  /** Takes over what somebody else watched. */
  void adopt(List<BareJid> devices) {
    monitor.update(() -> devices.forEach(device -> watched.putIfAbsent(device, available(device))));
  }

  LineResult list() {
    events.accept(
        monitor.read(
            () ->
                new Event.Watched(
                    clock.instant(),
                    List.copyOf(watched.keySet()),
                    watched.keySet().stream().filter(this::available).toList())));
    return new LineResult.Done(true);
  }

  /** Something is known of a device that was not before. */
  void check(BareJid device) {
    monitor.update(
        () -> {
          Boolean before = watched.get(device);
          if (before == null) {
            return;
          }
          boolean now = available(device);
          watched.put(device, now);
          if (now && !before) {
            Contact contact = mirror.contact(device).orElseThrow();
            events.accept(new Event.Available(clock.instant(), contact));
          }
        });
  }

  /** Everything may have changed while nobody was told. */
  void checkAll() {
    monitor.read(() -> List.copyOf(watched.keySet())).forEach(this::check);
  }

  private boolean available(BareJid device) {
    return mirror.holds(device, AVAILABLE);
  }
}
