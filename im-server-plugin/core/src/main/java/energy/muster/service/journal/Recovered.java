// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.journal;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.seal.Sealed;
import java.util.List;

/**
 * What a service must know when it starts.
 *
 * @param orders those with a delivery that has not ended, and those whose executeBy has not passed,
 *     so that a repeated submission is known
 * @param unreported outcomes that their issuers do not have yet, oldest first
 * @param notices what people must be told and have not yet taken, oldest first
 * @param looks grants that have not lapsed
 * @param mandates the newest of each master IED, whether or not it is over
 * @param crls the revocation lists that were brought, base64 of their DER, oldest first
 * @param staff what is known of people
 * @param alarms what is known of alarms
 * @param market what is known of prices and copies
 * @param firmware what is known of firmware
 */
public record Recovered(
    List<DeviceRecord> devices,
    List<Order> orders,
    List<Unreported> unreported,
    List<Notice> notices,
    List<LookRecord> looks,
    List<MandateRecord> mandates,
    List<String> crls,
    StaffRecord staff,
    AlarmsRecord alarms,
    MarketRecord market,
    FirmwareRecord firmware) {
  public Recovered {
    devices = List.copyOf(devices);
    orders = List.copyOf(orders);
    unreported = List.copyOf(unreported);
    notices = List.copyOf(notices);
    looks = List.copyOf(looks);
    mandates = List.copyOf(mandates);
    crls = List.copyOf(crls);
  }

  public static Recovered nothing() {
    return new Recovered(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        StaffRecord.NOBODY,
        AlarmsRecord.NONE,
        MarketRecord.NONE,
        FirmwareRecord.NONE);
  }

  /** How much it is, for people. */
  public String counts() {
    return "%d devices, %d orders, %d open alarms"
        .formatted(devices.size(), orders.size(), alarms.open().size());
  }

  /** An outcome on its way to whoever gave the order. */
  public record Unreported(BareJid issuer, DocumentId command, BareJid device, Sealed outcome) {}
}
