// SPDX-License-Identifier: Apache-2.0
/**
 * Decides whether a peer's warning is to be believed, as a pure function of the warning, its
 * sender, the time and the trust. What is done about it, and who is told, belongs elsewhere.
 */
package energy.muster.ied.warning;
