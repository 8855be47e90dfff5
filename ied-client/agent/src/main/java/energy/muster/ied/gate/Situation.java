// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import energy.muster.branch.MandateBook;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Trust;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What the gate must know of the device at the moment it judges. */
public interface Situation {
  TrustedClock.Reading clock();

  Trust trust();

  /** The digest of a command that was answered or is being carried out. */
  Optional<Digest> remembered(CommandKey key);

  /** Why a command that never came must not be begun when it does. */
  Optional<Refusal> endedBefore(CommandKey key);

  /** The verbs that need the signatures of two distinct persons. */
  Set<Verb> twoPersons();

  /** Whether with these settings a verb that needs two signatures would need one. */
  boolean loosens(Instruction.Configure configure);

  /** When the newest order carried out on this point was issued. */
  Optional<Instant> newest(Point point);

  /** The mandates of master IEDs that were believed. */
  MandateBook mandates();

  /** Whether an order is being carried out. */
  boolean busy();

  DevicePresence presence();
}
