// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.seal.Sealed;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a journal knows of a device's meter at its start.
 *
 * @param progress of the interval that was being counted, as one JSON object
 * @param sequence of the last document, 0 before the first
 * @param untaken documents that the service has not acknowledged, by their sequence
 */
public record KeptMeter(Optional<String> progress, long sequence, SortedMap<Long, Sealed> untaken) {
  public KeptMeter {
    Objects.requireNonNull(progress);
    untaken = Collections.unmodifiableSortedMap(new TreeMap<>((Map<Long, Sealed>) untaken));
  }
}
