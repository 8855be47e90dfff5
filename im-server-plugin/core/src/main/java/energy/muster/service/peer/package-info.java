// SPDX-License-Identifier: Apache-2.0
/**
 * Which devices are peers on a branch, and what they tell the service of warnings among them. The
 * warnings themselves go from device to device; whether to react is the receiving device's to say.
 */
package energy.muster.service.peer;
