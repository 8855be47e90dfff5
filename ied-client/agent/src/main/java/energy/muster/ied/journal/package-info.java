// SPDX-License-Identifier: Apache-2.0
/**
 * What a device must not forget: intents before it acts, outcomes before it answers, the state that
 * goes with them, the newest revocation lists and the floor of time. Deciding belongs elsewhere.
 */
package energy.muster.ied.journal;
