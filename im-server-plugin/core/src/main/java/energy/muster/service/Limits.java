// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import java.time.Duration;

/**
 * How much the service takes from one sender.
 *
 * @param stanzasPerSecond from one session, in the long run
 * @param stanzaBurst from one session, at once
 * @param heldPerDevice deliveries that wait for one device; above it, {@code rate-limited}
 * @param devicesPerSigner devices that a person alone may address within {@code signerWindow}
 * @param ordersPerIssuer whose time is not over, and which are therefore remembered; those that two
 *     persons signed are taken all the same
 * @param refusalsPerMinute of one sender that are recorded one by one; those above are counted
 * @param reportsInFlight notices, and outcomes one by one, on their way to one session at once
 * @param outcomesInFlight stanzas of outcomes on their way at once to a session that takes several
 *     in one: what comes meanwhile waits and gathers
 * @param renewalsPerSecond of the leases of all devices together; above it, those with the shortest
 *     are asked for longer ones
 */
public record Limits(
    int stanzasPerSecond,
    int stanzaBurst,
    int heldPerDevice,
    int devicesPerSigner,
    Duration signerWindow,
    int ordersPerIssuer,
    int refusalsPerMinute,
    int reportsInFlight,
    int outcomesInFlight,
    int renewalsPerSecond) {

  public static Limits defaults() {
    return new Limits(20, 100, 100, 10_000, Duration.ofMinutes(10), 20_000, 10, 64, 4, 1_000);
  }
}
