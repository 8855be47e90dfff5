// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.ied.gate.CommandKey;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a journal knows of one device at its start.
 *
 * @param state the last one saved, as one JSON object; empty at the very first start
 * @param revisionCeiling no revision number above this one was ever used
 * @param remembered every command taken and not forgotten
 * @param unfinished commands that were begun and have no outcome, oldest first
 * @param unsent outcomes the service has not acknowledged, oldest first
 * @param own those of the commands of these outcomes that the device gave to itself
 * @param alarms those that are not over, or that the service has not taken, oldest first
 */
public record DeviceRecord(
    Optional<String> state,
    long revisionCeiling,
    Map<CommandKey, Remembered> remembered,
    List<Intent> unfinished,
    Map<CommandKey, Sealed> unsent,
    Map<CommandKey, Intent> own,
    List<KeptAlarm> alarms) {

  /** A command that was taken, and until when its id is kept. */
  public record Remembered(Digest digest, Instant forgetAfter) {}

  public DeviceRecord {
    remembered = Map.copyOf(remembered);
    unfinished = List.copyOf(unfinished);
    alarms = List.copyOf(alarms);
    own = Map.copyOf(own);
    unsent = Collections.unmodifiableMap(new LinkedHashMap<>(unsent));
  }
}
