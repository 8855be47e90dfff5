// SPDX-License-Identifier: Apache-2.0
package energy.muster.stage;

/**
 * The stage could not be set or something on it did not come within its time; the text says what to
 * look at.
 */
public final class StageFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StageFailure(String message) {
    super(message);
  }

  public StageFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
