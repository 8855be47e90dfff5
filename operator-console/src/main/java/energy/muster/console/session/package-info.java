// SPDX-License-Identifier: Apache-2.0
/**
 * An operator at work: a live mirror of the devices, signed orders and their verified answers, and
 * the events a face shows. Neither the terminal nor XMPP is known here.
 */
package energy.muster.console.session;
