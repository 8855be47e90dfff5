// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.config;

import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.ied.device.ContactSchedule;
import energy.muster.ied.device.Promises;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.firmware.FirmwareSettings;
import energy.muster.response.PricePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One device of a configuration.
 *
 * @param passwordFile of the account
 * @param identity PKCS#12 with the device's key
 * @param passphraseFile of the identity
 * @param lease how long its presence is good for unless renewed
 * @param twoPersons verbs that need the signatures of two persons
 * @param releasedBy the role that lifts a restriction beside whoever set it
 * @param contact when it calls in, if it is not always connected
 * @param promises what it promises of its presence beside its lease
 * @param prices what it does about them, if anything
 * @param firmware how it is upgraded, if it can be
 */
public record DeviceConfig(
    BareJid jid,
    Path passwordFile,
    Path identity,
    Path passphraseFile,
    Duration lease,
    Set<Verb> twoPersons,
    Role releasedBy,
    DriverSettings driver,
    Optional<ContactSchedule> contact,
    Promises promises,
    Optional<PricePlan> prices,
    Optional<FirmwareSettings> firmware) {
  public DeviceConfig {
    Objects.requireNonNull(prices);
    Objects.requireNonNull(firmware);
    Objects.requireNonNull(jid);
    Objects.requireNonNull(passwordFile);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(passphraseFile);
    Objects.requireNonNull(lease);
    Objects.requireNonNull(releasedBy);
    Objects.requireNonNull(driver);
    Objects.requireNonNull(contact);
    Objects.requireNonNull(promises);
    twoPersons = Set.copyOf(twoPersons);
  }
}
