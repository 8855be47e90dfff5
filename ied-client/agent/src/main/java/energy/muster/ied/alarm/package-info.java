// SPDX-License-Identifier: Apache-2.0
/**
 * When a device's alarms begin and are over, from what it measures and notices, by the clock it is
 * given. Keeping them, signing them and bringing them to somebody belongs to the device.
 */
package energy.muster.ied.alarm;
