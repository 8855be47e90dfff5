// SPDX-License-Identifier: Apache-2.0
/**
 * What a device that sees a catastrophe tells the peers on its branch, which reactions to it they
 * were told to have beforehand, and what they say they did. Who may hear whom is decided elsewhere.
 */
package energy.muster.warning;
