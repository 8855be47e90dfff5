// SPDX-License-Identifier: Apache-2.0
/**
 * Firmware at the service: which images it keeps and hands out, what is released, what devices say
 * that they run, and when an upgrade goes to the next device. How an order travels belongs to
 * dispatch, and whether a device takes an image is its own decision.
 */
package energy.muster.service.firmware;
