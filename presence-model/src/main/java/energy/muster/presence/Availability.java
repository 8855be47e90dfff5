// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

/** The words people are shown, derived from contact, operating and restriction, never set. */
public enum Availability {
  UNAVAILABLE("unavailable"),
  AVAILABLE("available"),
  AVAILABLE_ON("available and on"),
  AVAILABLE_NOT_ON("available but not on"),
  AVAILABLE_RESTRICTED("available with restriction");

  private final String words;

  Availability(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
