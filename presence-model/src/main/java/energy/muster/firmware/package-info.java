// SPDX-License-Identifier: Apache-2.0
/**
 * Firmware: what an image is and who says so, which images count now, whether a device takes one,
 * how far it is, what it runs, and how a fleet is brought there. It moves no bytes itself.
 */
package energy.muster.firmware;
