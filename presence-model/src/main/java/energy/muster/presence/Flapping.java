// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import java.time.Instant;

/**
 * A device that comes and goes: its single faults are not told any more.
 *
 * @param since when that was found
 * @param losses how often it has gone without a reason since, those that showed it included
 */
public record Flapping(Instant since, long losses) {}
