// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an upgrade of several devices stands as a whole. */
public enum CampaignState {
  /** The site asks for two persons, and one has signed. */
  AWAITING_APPROVAL("waits for the approval of a second person"),
  RUNNING("running"),
  /** A person holds it back. */
  PAUSED("paused"),
  /** So many have failed that no further device begins until a person lets it go on. */
  STOPPED("stopped: too many failed"),
  /** Every device runs the new version by its signed word. */
  DONE("done"),
  /** All deliveries are over, and some devices have said no or failed. */
  FAILED("over, not everywhere"),
  /** Its time is over or it was cancelled, and some devices never began. */
  ENDED("ended, some never began");

  private final String words;

  CampaignState(String words) {
    this.words = words;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Whether nothing more happens. */
  public boolean over() {
    return this == DONE || this == FAILED || this == ENDED;
  }

  static Optional<CampaignState> ofWire(String wire) {
    return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
  }
}
