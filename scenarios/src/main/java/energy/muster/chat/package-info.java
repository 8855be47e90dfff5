// SPDX-License-Identifier: Apache-2.0
/**
 * A plain chat client in a process of its own: what a third-party library shows of a roster,
 * presence and chat. Nothing of Muster is on its class path, and nothing here may know of it.
 */
package energy.muster.chat;
