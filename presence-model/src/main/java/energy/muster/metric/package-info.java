// SPDX-License-Identifier: Apache-2.0
/**
 * Usage told in units of work: what was recorded between the opening and the closing of one, such
 * as a shed event or a billing window, and the figures that rules make of it. Who pays for them is
 * settled elsewhere.
 */
package energy.muster.metric;
