// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.identity.Area;

/**
 * A connected part of the feeder that people name and answer for.
 *
 * @param area its name in certificates, such as {@code branch-60}
 * @param head the bus through which it is normally fed
 * @param note what it comprises, for people
 */
public record Branch(Area area, String head, String note) {}
