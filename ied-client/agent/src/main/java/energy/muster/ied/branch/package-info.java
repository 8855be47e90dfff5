// SPDX-License-Identifier: Apache-2.0
/**
 * What a master IED makes of its branch: who is there, and what that sums up to. It knows neither
 * the network nor the disk, and moves nothing itself.
 */
package energy.muster.ied.branch;
