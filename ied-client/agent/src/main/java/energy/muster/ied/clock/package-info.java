// SPDX-License-Identifier: Apache-2.0
/**
 * What time it is, how sure that is, and waking up later. What is due when, and what a wrong clock
 * forbids, belongs to the packages that ask.
 */
package energy.muster.ied.clock;
