// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

/** How far a link is; only a proven one gets answers that need a certificate. */
public enum LinkState {
  CONNECTING,
  CONNECTED,
  PROVEN,
  CLOSED
}
