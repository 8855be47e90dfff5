// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import java.time.Duration;

/**
 * How long the service waits, and for what.
 *
 * @param nonce how long a challenge is good for
 * @param lease how long a device counts as there without a stanza, unless its presence says
 *     otherwise
 * @param grace from the end of a lease to the first probe, from a lost session to a fault, and from
 *     a missed next contact to a fault
 * @param probe how long a probe waits for its answer
 * @param probes how many go unanswered before a device is a fault
 * @param flaps so many losses without a reason within {@code flapWindow} and a device flaps
 * @param steady how long a device that flaps is there without a break until it does not any more,
 *     or gone until that is told as a fault after all
 * @param firstRetry from an unanswered question to the next; doubles up to {@code longestRetry}
 * @param ahead how far in the future a document may be issued
 * @param viewInterval between two messages of changes to one view
 * @param leaseReview between two looks whether devices should be asked for other leases
 * @param registryInterval between two writes of the last word of devices to the journal
 * @param runInterval between two marks in the journal that the service was there
 * @param retention how long what is over is kept
 * @param pruneInterval between two forgettings of what is older
 * @param tick the longest {@code Service.advanceTo} asks to wait
 */
public record Timing(
    Duration nonce,
    Duration lease,
    Duration grace,
    Duration probe,
    int probes,
    int flaps,
    Duration flapWindow,
    Duration steady,
    Duration firstRetry,
    Duration longestRetry,
    Duration ahead,
    Duration viewInterval,
    Duration leaseReview,
    Duration registryInterval,
    Duration runInterval,
    Duration retention,
    Duration pruneInterval,
    Duration tick) {

  public static Timing defaults() {
    return new Timing(
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        2,
        5,
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofMillis(250),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        Duration.ofDays(400),
        Duration.ofHours(24),
        Duration.ofMillis(250));
  }
}
