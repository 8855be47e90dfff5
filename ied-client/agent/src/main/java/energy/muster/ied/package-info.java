// SPDX-License-Identifier: Apache-2.0
/**
 * The agent as a process: its command line, its log, its start and its end. What a device does
 * belongs to the packages below.
 */
package energy.muster.ied;
