// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.Optional;

/**
 * Who may publish for a supplier: a tariff-publisher whose account is named for it, {@code northco}
 * or {@code tariffs.northco} for {@code northco}. The certificate names the account, so nobody
 * publishes in another supplier's name. Service and meters both ask here.
 */
public final class Publishing {
  private static final String ACCOUNT = "tariffs.";

  private Publishing() {}

  /** A refusal unless this signer may. */
  public static Optional<Refusal> refuse(Certified signer, OfferName offer) {
    if (!signer.holds(Role.TARIFF_PUBLISHER)) {
      return Optional.of(
          Refusal.of(
              Reason.NOT_AUTHORISED,
              "publishing needs the role %s; %s does not hold it",
              Role.TARIFF_PUBLISHER,
              signer.jid()));
    }
    String account = signer.jid().local();
    return account.equals(offer.supplier()) || account.equals(ACCOUNT + offer.supplier())
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Reason.NOT_AUTHORISED,
                "%s publishes for who its account is named for, not for %s",
                signer.jid(),
                offer.supplier()));
  }
}
