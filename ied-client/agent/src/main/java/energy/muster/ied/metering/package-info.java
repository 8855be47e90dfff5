// SPDX-License-Identifier: Apache-2.0
/**
 * How a device counts energy, interval after interval, and what it says of those it could not see.
 * What becomes of an interval that is over is the device's and its journal's.
 */
package energy.muster.ied.metering;
