// SPDX-License-Identifier: Apache-2.0
/**
 * What meters say they counted: taken once, kept, corrected by those who may, and given out to
 * those who may see the meter. What it costs is billing's.
 */
package energy.muster.service.metering;
