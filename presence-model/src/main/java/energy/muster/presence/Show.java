// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

/** RFC 6121 {@code <show>} as Muster uses it; {@link #AVAILABLE} is the absence of the element. */
public enum Show {
  AVAILABLE,
  AWAY,
  DND
}
