// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.branch.MandateBook;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.gate.Point;
import energy.muster.ied.gate.Situation;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Trust;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the gate sees of this device. Used by one thread at a time. */
record DeviceSituation(
    Site site, OrderRecord record, Tombstones tombstones, Equipment equipment, Execution execution)
    implements Situation {
  DeviceSituation {
    Objects.requireNonNull(site);
    Objects.requireNonNull(record);
    Objects.requireNonNull(tombstones);
    Objects.requireNonNull(equipment);
    Objects.requireNonNull(execution);
  }

  @Override
  public TrustedClock.Reading clock() {
    return site.clock().read();
  }

  @Override
  public Trust trust() {
    return site.trust().trust();
  }

  @Override
  public Optional<Digest> remembered(CommandKey key) {
    return record.digest(key).filter(digest -> !Tombstones.unseen(digest));
  }

  @Override
  public Optional<Refusal> endedBefore(CommandKey key) {
    return tombstones.endedBefore(key);
  }

  @Override
  public Set<Verb> twoPersons() {
    return equipment.twoPersons();
  }

  @Override
  public boolean loosens(Instruction.Configure configure) {
    return equipment.loosens(configure);
  }

  @Override
  public Optional<Instant> newest(Point point) {
    return equipment.newest(point);
  }

  @Override
  public MandateBook mandates() {
    return equipment.mandated().mandates();
  }

  @Override
  public boolean busy() {
    return execution.busy();
  }

  @Override
  public DevicePresence presence() {
    return equipment.presence();
  }
}
