// SPDX-License-Identifier: Apache-2.0
/**
 * Mail and webhooks: one try each to hand an alarm to somebody else's server. When that is tried,
 * and again, is decided in the core.
 */
package energy.muster.openfire.reach;
