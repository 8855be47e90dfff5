// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import energy.muster.alarm.Alarm;
import energy.muster.document.DocumentId;
import energy.muster.seal.Sealed;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * One of a device's alarms, as it was signed.
 *
 * @param worst the furthest beyond the limit it has been since, if it was measured
 * @param taken whether the service has it
 */
public record KeptAlarm(Alarm alarm, Sealed sealed, Optional<BigDecimal> worst, boolean taken) {
  public KeptAlarm {
    Objects.requireNonNull(alarm);
    Objects.requireNonNull(sealed);
    Objects.requireNonNull(worst);
  }

  public DocumentId id() {
    return alarm.header().id();
  }
}
