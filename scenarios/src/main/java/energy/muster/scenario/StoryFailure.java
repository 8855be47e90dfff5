// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

/** Something was not as the story promises. */
public final class StoryFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  public StoryFailure(String message) {
    super(message);
  }
}
