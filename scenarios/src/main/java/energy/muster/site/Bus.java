// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.identity.Area;

/**
 * A node of the feeder.
 *
 * @param id its name on the one-line diagram, such as {@code 61s}
 * @param branch the one branch it belongs to
 */
public record Bus(String id, Area branch, DrawingPoint at) {}
