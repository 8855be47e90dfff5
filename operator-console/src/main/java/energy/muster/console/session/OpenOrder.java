// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Command;
import energy.muster.command.Power;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An order this console gave, and how far it has come with each device. Guarded by the monitor. */
final class OpenOrder {
  private final Command command;
  private final Digest digest;
  private final Payload submission;
  private final Map<BareJid, Standing> standings = new LinkedHashMap<>();
  private final Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
  private final Map<BareJid, Power> shed = new LinkedHashMap<>();
  private boolean pursued;
  private final Set<BareJid> answered = new HashSet<>();

  OpenOrder(Command command, Digest digest, Payload submission, Collection<BareJid> devices) {
    this.command = command;
    this.pursued = command.goal().isPresent();
    this.digest = digest;
    this.submission = submission;
    devices.forEach(device -> standings.put(device, Standing.of(DeliveryState.HELD)));
    counts.put(DeliveryState.HELD, (long) standings.size());
  }

  /** What the devices have signed that they shed. */
  Power shed() {
    return shed.values().stream().reduce(Power.ZERO, Power::plus);
  }

  /** Each of them. */
  Map<BareJid, Power> shedByDevice() {
    return new LinkedHashMap<>(shed);
  }

  void shed(BareJid device, Power power) {
    shed.put(device, power);
  }

  /** The service asks nobody any more. */
  void endPursuit() {
    pursued = false;
  }

  boolean pursued() {
    return pursued;
  }

  DocumentId id() {
    return command.id();
  }

  Command command() {
    return command;
  }

  Digest digest() {
    return digest;
  }

  /** What was sent, and is sent again when nobody knows whether it arrived. */
  Payload submission() {
    return submission;
  }

  boolean addresses(BareJid device) {
    return standings.containsKey(device);
  }

  int size() {
    return standings.size();
  }

  /** Moves a delivery on; what has ended stays as it ended. */
  boolean move(BareJid device, Standing next) {
    Standing before = standings.get(device);
    if (before == null || before.equals(next) || before.state().terminal()) {
      return false;
    }
    standings.put(device, next);
    counts.computeIfPresent(before.state(), (state, count) -> count == 1 ? null : count - 1);
    counts.merge(next.state(), 1L, Long::sum);
    return true;
  }

  /**
   * Takes a device's verified answer; says whether it is the first. One that comes after the
   * delivery was given up is news too, though it changes nothing.
   */
  boolean answered(BareJid device, Standing standing) {
    move(device, standing);
    return answered.add(device);
  }

  boolean done() {
    return counts.keySet().stream().allMatch(DeliveryState::terminal);
  }

  Map<DeliveryState, Long> counts() {
    return new EnumMap<>(counts);
  }

  Map<BareJid, Standing> standings() {
    return new LinkedHashMap<>(standings);
  }

  List<BareJid> waitingFor() {
    return standings.entrySet().stream()
        .filter(entry -> !entry.getValue().state().terminal())
        .map(Map.Entry::getKey)
        .toList();
  }
}
