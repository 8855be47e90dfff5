// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import energy.muster.command.Command;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.WakeUp;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.journal.Intent;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Orders that are on disk and wait for their time. Which they are stands in the device's saved
 * state: an intent that is not named there was begun. Used by one thread at a time.
 */
final class WaitingOrders {
  static final int MOST = 16;

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Comparator<Entry> FIRST =
      Comparator.comparing(Entry::at)
          .thenComparing(order -> order.command().priority())
          .thenComparing(order -> order.command().header().issuedAt())
          .thenComparing(order -> order.command().id());

  private final InstantSource clock;
  private final WakeUp alarm;
  private final Runnable due;
  private final Map<CommandKey, Entry> orders = new LinkedHashMap<>();

  /**
   * An order with a time of its own.
   *
   * @param ready whether it is on disk, so that it may be begun
   */
  record Entry(Intent intent, Command command, boolean ready) {
    Instant at() {
      return command.executeAt().orElseThrow();
    }
  }

  /**
   * @param due run when there may be something to do
   */
  WaitingOrders(InstantSource clock, Timer timer, Runnable due) {
    this.clock = clock;
    this.alarm = new WakeUp(clock, timer);
    this.due = due;
  }

  boolean full() {
    return orders.size() >= MOST;
  }

  /** From now on it is named in the saved state; it is begun only once it is ready. */
  void announce(Intent intent, Command command) {
    orders.put(intent.key(), new Entry(intent, command, false));
  }

  void ready(CommandKey key) {
    orders.computeIfPresent(key, (same, order) -> new Entry(order.intent(), order.command(), true));
    arm();
  }

  /** One that was put off again, or that the last run left. */
  void restore(Intent intent, Command command) {
    orders.put(intent.key(), new Entry(intent, command, true));
    arm();
  }

  Optional<Entry> find(CommandKey key) {
    return Optional.ofNullable(orders.get(key));
  }

  void remove(CommandKey key) {
    orders.remove(key);
  }

  List<Entry> all() {
    return List.copyOf(orders.values());
  }

  /** The one to be begun first, if its time has come. */
  Optional<Entry> next() {
    Instant now = clock.instant();
    return orders.values().stream()
        .filter(order -> order.ready() && !now.isBefore(order.at()))
        .min(FIRST);
  }

  /** Sees to it that what is due is looked at in time. */
  void arm() {
    orders.values().stream()
        .filter(Entry::ready)
        .min(FIRST)
        .ifPresentOrElse(order -> alarm.set(order.at(), due), alarm::cancel);
  }

  /** What is due cannot be begun just now. */
  void again() {
    alarm.set(clock.instant().plus(AGAIN), due);
  }

  Stream<String> remarks(ZoneId zone) {
    return orders.values().stream()
        .filter(Entry::ready)
        .sorted(FIRST)
        .map(
            order ->
                order.command().verb()
                    + " waits for "
                    + SpokenTime.of(order.at(), clock.instant(), zone));
  }

  ArrayNode save() {
    ArrayNode keys = Json.object().putArray("waiting");
    orders
        .keySet()
        .forEach(
            key ->
                keys.addObject().put("issuer", key.issuer().toString()).put("id", key.id().text()));
    return keys;
  }

  static Set<CommandKey> read(Fields state) {
    Set<CommandKey> keys = new HashSet<>();
    if (state.has("waiting")) {
      state
          .objects("waiting")
          .forEach(
              key ->
                  keys.add(
                      new CommandKey(
                          key.value("issuer", BareJid::parse), key.value("id", DocumentId::new))));
    }
    return keys;
  }
}
