// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.limit;

import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.service.Limits;
import energy.muster.service.desk.Lately;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many devices one person alone may address in a while: what a stolen key can do before
 * somebody looks. Only for use at the desk.
 */
public final class SignerCap {
  /** How many devices each of the last orders was for. */
  private final Map<BareJid, Lately<Integer>> uses = new HashMap<>();

  private final Limits limits;

  public SignerCap(Limits limits) {
    this.limits = limits;
  }

  /** A refusal if these devices are too many now; otherwise they count from now on. */
  public Optional<Refusal> use(BareJid signer, int devices, Instant now) {
    Lately<Integer> recent =
        uses.computeIfAbsent(signer, any -> new Lately<>(limits.signerWindow()));
    int used = recent.all(now).stream().mapToInt(Integer::intValue).sum();
    if (used + devices > limits.devicesPerSigner()) {
      return Optional.of(
          Refusal.of(
              Reason.RATE_LIMITED,
              "%s alone may address %d devices in %d minutes and has addressed %d: wait, or have a"
                  + " second person sign",
              signer,
              limits.devicesPerSigner(),
              limits.signerWindow().toMinutes(),
              used));
    }
    recent.add(devices, now);
    return Optional.empty();
  }
}
