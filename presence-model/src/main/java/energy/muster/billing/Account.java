// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.identity.BareJid;
import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * What was agreed for a meter.
 *
 * @param contractedKw the power that charges per contracted kilowatt are for, if any was agreed
 */
public record Account(BareJid meter, OfferName tariff, Optional<BigDecimal> contractedKw) {
  public Account {
    Objects.requireNonNull(meter);
    Objects.requireNonNull(tariff);
    contractedKw.ifPresent(
        kw -> {
          if (kw.signum() < 0) {
            throw new IllegalArgumentException("contracted power is not negative");
          }
        });
  }

  Account with(OfferName other) {
    return new Account(meter, other, contractedKw);
  }
}
