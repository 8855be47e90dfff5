// SPDX-License-Identifier: Apache-2.0
/**
 * How a device comes to another firmware: fetched in pieces, checked, installed beside the one that
 * runs, tried, and kept or left again, so that a power cut at any moment ends in the old or the new
 * one. It knows neither the link nor the journal.
 */
package energy.muster.ied.firmware;
