// SPDX-License-Identifier: Apache-2.0
/**
 * What becomes of an alarm between a device's word and a person's: its life by ISA-18.2, and whom
 * it looks for. Rules on devices and what consoles show do not belong here.
 */
package energy.muster.service.alarm;
