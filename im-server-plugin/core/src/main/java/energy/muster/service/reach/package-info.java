// SPDX-License-Identifier: Apache-2.0
/**
 * How an alarm that nobody took on leaves for people outside the network, and is tried until it has
 * left. Who is looked for before that, and the mail and web servers themselves, do not belong here.
 */
package energy.muster.service.reach;
