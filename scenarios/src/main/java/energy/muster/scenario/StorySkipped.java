// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

/** A story cannot be played here, for a reason that is this machine's. */
public final class StorySkipped extends Exception {
  private static final long serialVersionUID = 1L;

  public StorySkipped(String reason) {
    super(reason);
  }
}
