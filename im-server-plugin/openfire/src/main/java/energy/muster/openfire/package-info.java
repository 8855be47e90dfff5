// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the service into an Openfire server: the plugin, its component, what it hears of sessions
 * and stanzas, and what a plain client may see. Decisions belong to the service core, records to
 * the journal's package.
 */
package energy.muster.openfire;
