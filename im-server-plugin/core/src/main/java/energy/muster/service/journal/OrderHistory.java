// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An order with every step of its deliveries, oldest first, and what the devices signed. */
public record OrderHistory(Order order, List<Step> steps, List<Evidence> evidence) {
  public OrderHistory {
    steps = List.copyOf(steps);
    evidence = List.copyOf(evidence);
  }

  /** The first signed document of a kind about a device's delivery. */
  public Optional<Evidence> evidence(BareJid device, Kind kind) {
    return evidence.stream()
        .filter(each -> each.device().equals(device) && each.kind() == kind)
        .findFirst();
  }

  /** One thing that happened to a delivery. */
  public record Step(BareJid device, DeliveryState state, Instant at, String text) {}

  /** What a signed document says of a delivery. */
  public enum Kind {
    OUTCOME,
    WRITE_OFF;

    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Kind> ofWire(String wire) {
      return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }
  }

  /**
   * A signed document: the device's outcome, or the write-off of a person who gave it up.
   *
   * @param digest of its content
   */
  public record Evidence(BareJid device, Instant at, Kind kind, Sealed document, Digest digest) {}
}
