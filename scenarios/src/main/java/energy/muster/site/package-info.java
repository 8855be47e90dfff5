// SPDX-License-Identifier: Apache-2.0
/**
 * What stands where: a feeder's buses and lines, its division into branches, and the devices on it,
 * read from a site file. Nothing here knows an account's keys or starts a program.
 */
package energy.muster.site;
