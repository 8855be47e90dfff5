// SPDX-License-Identifier: Apache-2.0
/**
 * How much energy went through a meter, interval by interval, and how sure that is. What it costs
 * is billing's; power and other quantities of the moment are presence's.
 */
package energy.muster.metering;
